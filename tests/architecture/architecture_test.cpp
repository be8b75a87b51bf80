// Dependencies run one way. Runs in the repository's root, as ctest starts it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

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

TEST(Architecture, EveryIncludeFollowsTheTable) {
  const auto paths = sources();
  ASSERT_GT(paths.size(), 100u);
  for (const auto& path : paths) {
    for (const auto& violation : violations_of(path.generic_string(), text_of(path))) ADD_FAILURE() << violation;
  }
}

TEST(Architecture, EveryFolderIsALayerOfThePicture) {
  const auto known = layers();
  for (const auto& entry : fs::directory_iterator("src")) {
    if (!entry.is_directory()) continue;
    const std::string name = entry.path().filename().string();
    EXPECT_NE(std::ranges::find(known, name), known.end())
        << "src/" << name << " is not in tests/architecture/rules.cpp, nor in docs/architecture.md";
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
            std::vector<std::string>{"src/core/a.cpp:2: includes store/store.h: core may include only base"});
}

TEST(ArchitectureRules, AllowsItselfAndWhatLiesBelow) {
  EXPECT_TRUE(violations_of("src/engine/a.cpp", "#include \"engine/b.h\"\n#include \"ports/whatsapp.h\"\n"
                                                "#include \"store/store.h\"\n#include <vector>\n").empty());
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
