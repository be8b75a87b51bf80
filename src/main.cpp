#include <sys/stat.h>

#include "cli/command.h"

int main(int argc, char** argv) {
  umask(077);  // What we write is about people: for the owner's eyes only.
  return puntual::cli::run_main(argc, argv);
}
