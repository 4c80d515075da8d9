# handout_library(NAME [USES folder...] [DOOR target...] [REEXPORT target...])
#   One static library per folder of src/. USES names the folders that it may include (the arrows of
#   ARCHITECTURE.md); DOOR names the third-party libraries that only its .cpp files may include;
#   REEXPORT those that its headers name too (base only).
function(handout_library NAME)
  cmake_parse_arguments(LIB "" "" "USES;DOOR;REEXPORT" ${ARGN})
  file(GLOB LIB_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${NAME}/*.cpp)
  list(TRANSFORM LIB_USES PREPEND handout_)
  if(LIB_SOURCES)
    add_library(handout_${NAME} STATIC ${LIB_SOURCES})
    target_include_directories(handout_${NAME} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
    target_compile_options(handout_${NAME} PRIVATE ${HANDOUT_WARNINGS})
    target_link_libraries(handout_${NAME} PUBLIC ${LIB_USES} ${LIB_REEXPORT} PRIVATE ${LIB_DOOR})
    handout_precompile(handout_${NAME})
  else()
    add_library(handout_${NAME} INTERFACE)
    target_include_directories(handout_${NAME} INTERFACE ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(handout_${NAME} INTERFACE ${LIB_USES} ${LIB_REEXPORT})
  endif()
endfunction()

# The standard library's and fmt's headers are read once for all folders: it halves the time of a clean build. Off where a build should show that each
# file includes what it uses (dev).
option(HANDOUT_PRECOMPILE "precompile the common headers" OFF)
function(handout_precompile LIBRARY)
  if(NOT HANDOUT_PRECOMPILE)
    return()
  elseif(LIBRARY STREQUAL "handout_base")
    target_precompile_headers(handout_base PRIVATE <algorithm> <array> <filesystem> <functional> <map> <memory> <optional> <set> <string> <string_view> <utility> <variant> <vector> <fmt/format.h> <tl/expected.hpp>)
  else()
    target_precompile_headers(${LIBRARY} REUSE_FROM handout_base)
  endif()
endfunction()

set(HANDOUT_WARNINGS
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wdouble-promotion -Wformat=2
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op>
  # g++ 12 reports these falsely for optional, variant and string when it optimizes (GCC bugs 80635, 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-restrict>)
