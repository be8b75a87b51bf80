// Dependencies run one way. Runs in the repository's root, as ctest starts it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/architecture/rules.h"

namespace puntual::architecture {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> sources() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator("src")) {
    const auto extension = entry.path().extension();
    if (extension == ".cpp" || extension == ".h") paths.push_back(entry.path());
  }
  return paths;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

const Rules& rules() {
  static const Rules kRules(text_of("docs/architecture.md"),
                            text_of("docs/decisions/0002-libraries.md"));
  return kRules;
}

std::vector<std::string> violations_of(std::string_view path, std::string_view text) {
  return rules().violations_of(path, text);
}

TEST(Architecture, EveryIncludeFollowsTheTable) {
  const auto paths = sources();
  ASSERT_GT(paths.size(), 100u);
  for (const auto& path : paths) {
    for (const auto& violation : violations_of(path.generic_string(), text_of(path)))
      ADD_FAILURE() << violation;
  }
}

TEST(Architecture, EveryFolderIsALayerOfThePicture) {
  const auto known = rules().layers();
  for (const auto& entry : fs::directory_iterator("src")) {
    if (!entry.is_directory()) continue;
    const std::string name = entry.path().filename().string();
    EXPECT_NE(std::ranges::find(known, name), known.end())
        << "src/" << name << " is not in the table of docs/architecture.md";
  }
}

TEST(Architecture, TheTablesAreReadWhole) {
  EXPECT_GT(rules().layers().size(), 15u);
  for (const auto& layer : rules().layers()) {
    EXPECT_TRUE(layer == "main" || std::filesystem::is_directory("src/" + layer))
        << layer << " of docs/architecture.md is no folder of src";
  }
  std::string all;
  for (const auto& path : sources()) all += text_of(path);
  for (const auto& header : rules().library_headers()) {
    EXPECT_TRUE(all.contains("#include <" + header))
        << header << " of docs/decisions/0002-libraries.md is included nowhere";
  }
}

// A header in angle brackets is the language's own, or of a library that has a room.
TEST(Architecture, EveryForeignHeaderHasARow) {
  static constexpr std::string_view kSystem[] = {"sys/",      "arpa/",    "netinet/", "unistd.h",
                                                 "fcntl.h",   "stdlib.h", "time.h",   "signal.h",
                                                 "pthread.h", "poll.h",   "endian.h"};
  const auto rooms = rules().library_headers();
  for (const auto& path : sources()) {
    std::istringstream lines(text_of(path));
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("#include <")) continue;
      const std::string header = line.substr(10, line.find('>') - 10);
      const auto begins = [&](std::string_view beginning) { return header.starts_with(beginning); };
      const bool is_of_the_language = header.find_first_of("./") == std::string::npos;
      EXPECT_TRUE(is_of_the_language || std::ranges::any_of(kSystem, begins) ||
                  std::ranges::any_of(rooms, begins))
          << path << ": <" << header << "> has no row in docs/decisions/0002-libraries.md";
    }
  }
}

TEST(Architecture, AHeaderSaysPragmaOnce) {
  for (const auto& path : sources()) {
    if (path.extension() != ".h") continue;
    EXPECT_NE(text_of(path).find("\n#pragma once\n"), std::string::npos) << path;
  }
}

TEST(ArchitectureRules, NamesFileLineAndRule) {
  EXPECT_EQ(violations_of("src/core/a.cpp", "// A file.\n#include \"store/store.h\"\n"),
            std::vector<std::string>{
                "src/core/a.cpp:2: includes store/store.h: core may include only base"});
}

TEST(ArchitectureRules, AllowsItselfAndWhatLiesBelow) {
  EXPECT_TRUE(violations_of("src/engine/a.cpp",
                            "#include \"engine/b.h\"\n#include \"ports/whatsapp.h\"\n"
                            "#include \"store/store.h\"\n#include <vector>\n")
                  .empty());
}

TEST(ArchitectureRules, TheEngineSeesOnlyThePurePartsOfWhatsApp) {
  EXPECT_TRUE(violations_of("src/engine/a.cpp", "#include \"whatsapp/payload.h\"").empty());
  EXPECT_EQ(violations_of("src/engine/a.cpp", "#include \"whatsapp/cloud_api.h\"").size(), 1u);
  EXPECT_TRUE(violations_of("src/cli/a.cpp", "#include \"whatsapp/cloud_api.h\"").empty());
}

TEST(ArchitectureRules, KeepsALibraryInItsRoom) {
  EXPECT_TRUE(violations_of("src/store/sqlite/a.cpp", "#include <sqlite3.h>").empty());
  EXPECT_EQ(violations_of("src/store/store.cpp", "  #  include <sqlite3.h>").size(), 1u);
  EXPECT_EQ(violations_of("src/app/service.cpp", "#include <boost/asio/post.hpp>").size(), 1u);
  EXPECT_EQ(violations_of("src/cli/gate.cpp", "#include <CLI/CLI.hpp>").size(), 1u);
}

TEST(ArchitectureRules, MainKnowsTheCommandLineOnly) {
  EXPECT_TRUE(violations_of("src/main.cpp", "#include \"cli/command.h\"").empty());
  EXPECT_EQ(violations_of("src/main.cpp", "#include \"app/service.h\"").size(), 1u);
}

TEST(ArchitectureRules, AFolderOutsideTheTableIsRefused) {
  EXPECT_EQ(violations_of("src/util/a.h", "#include \"base/time.h\"").size(), 1u);
}

}  // namespace
}  // namespace puntual::architecture
