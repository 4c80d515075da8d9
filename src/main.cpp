#include "cli/cli.h"

int main(int argc, char** argv) { return handout::cli::run(argc, argv); }
