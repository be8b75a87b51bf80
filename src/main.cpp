#include "cli/command.h"

int main(int argc, char** argv) { return puntual::cli::run_main(argc, argv); }
