#include "app/archive.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/workshop.h"
#include "base/crypto.h"

namespace puntual {
namespace {

namespace fs = std::filesystem;

std::string entry(std::string_view name, std::string_view bytes) {
  return tar_header(name, bytes.size()) + std::string(bytes) + tar_padding(bytes.size());
}

json::value told(std::string_view name, std::string_view bytes) {
  return json::object{
      {"name", name}, {"size", std::to_string(bytes.size())}, {"sha256", hex(sha256(bytes))}};
}

std::string manifest(json::array parts) {
  return entry("manifest.json",
               to_json(json::object{{"format", "puntual-backup-1"}, {"parts", std::move(parts)}}));
}

std::string refusal_of(std::string_view tar) {
  const auto contents = read_archive("a.backup", tar);
  return contents ? "" : contents.error().message;
}

TEST(Archive, GivesBackWhatItsManifestTells) {
  const std::string long_name = "templates/" + std::string(300, 'x') + ".toml";
  const std::string tar = manifest({told("b c", "two"), told(long_name, "")}) +
                          entry("b c", "two") + entry(long_name, "") + tar_end();
  const auto contents = read_archive("a.backup", tar);
  ASSERT_TRUE(contents) << contents.error().message;
  ASSERT_EQ(contents->parts.size(), 2u);
  EXPECT_EQ(contents->parts[0].bytes, "two");
  EXPECT_EQ(contents->parts[1].name, long_name);
}

TEST(Archive, OfTwoManifestsNoneIsBelieved) {
  const std::string one = manifest({told("a", "x"), told("b", "y")});
  EXPECT_NE(refusal_of(one + one + entry("a", "x") + entry("b", "y") + tar_end()), "");
  EXPECT_NE(
      refusal_of(one + entry("a", "x") + manifest({told("b", "y")}) + entry("b", "y") + tar_end()),
      "");
  EXPECT_NE(refusal_of(entry("a", "x") + one + entry("b", "y") + tar_end()), "")
      << "the manifest comes first";
}

TEST(Archive, WhatIsTwiceMissingOrAddedIsRefused) {
  const std::string a = manifest({told("a", "x")});
  EXPECT_EQ(refusal_of(a + entry("a", "x") + tar_end()), "");
  EXPECT_NE(refusal_of(a + entry("a", "x") + entry("a", "x") + tar_end()), "");
  EXPECT_NE(refusal_of(manifest({told("a", "x"), told("a", "x")}) + entry("a", "x") + tar_end()),
            "");
  EXPECT_NE(refusal_of(a + tar_end()), "");
  EXPECT_NE(refusal_of(a + entry("a", "x") + entry("b", "") + tar_end()), "");
  EXPECT_NE(refusal_of(a + entry("a", "z") + tar_end()), "");
  EXPECT_NE(refusal_of(a + entry("a", "x") + tar_end() + "more"), "");
  EXPECT_NE(refusal_of(a + entry("a", "x")), "") << "without its end it is cut off";
}

TEST(Archive, NothingLeadsOutOfItsFolder) {
  for (const char* name :
       {"/etc/passwd", "../a", "a/../../b", "a//b", "./a", "a/", "a\\b", "a\nb", ""}) {
    EXPECT_NE(refusal_of(manifest({told(name, "x")}) + entry(name, "x") + tar_end()), "") << name;
  }
  EXPECT_EQ(refusal_of(manifest({told("a..b", "x")}) + entry("a..b", "x") + tar_end()), "")
      << "two dots within a name lead nowhere";
}

TEST(Archive, ALinkAndASizeThatLiesAreRefused) {
  const std::string a = manifest({told("a", "x")});
  std::string link = entry("a", "x");
  link[156] = '2';
  EXPECT_NE(refusal_of(a + link + tar_end()), "");
  for (const uint64_t size : {uint64_t{0}, uint64_t{5000}, UINT64_MAX, UINT64_MAX - 511}) {
    EXPECT_NE(refusal_of(a + tar_header("a", size) + "x" + tar_padding(1) + tar_end()), "") << size;
  }
  json::value other = told("a", "x");
  other.as_object()["size"] = "2";
  EXPECT_NE(refusal_of(manifest({other}) + entry("a", "x") + tar_end()), "");
}

struct Folder {
  Folder() {
    path = (fs::temp_directory_path() / "puntual-test-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error(path);
  }
  Folder(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }
  std::string path;
};

TEST(Archive, ANameThatCannotBeKeptIsNamed) {
  const Folder folder;
  std::ofstream(folder.path + "/x") << "x";
  for (const char* name : {"templates/a\\b.toml", "templates/\xff.toml"}) {
    const auto written =
        write_archive(folder.path + "/a.backup", {},
                      std::vector<ArchivePart>{{.name = name, .path = folder.path + "/x"}}, "");
    ASSERT_FALSE(written);
    EXPECT_NE(written.error().message.find(folder.path + "/x"), std::string::npos);
    EXPECT_FALSE(fs::exists(folder.path + "/a.backup"));
  }
}

TEST(Workshop, WhatAKilledProgramLeftGoesAndWhatIsInUseStays) {
  const Folder folder;
  fs::create_directory(folder.path + "/.puntual-killed");
  std::ofstream(folder.path + "/.puntual-killed/puntual.db") << "in clear";
  const auto one = Workshop::in(folder.path);
  ASSERT_TRUE(one);
  EXPECT_FALSE(fs::exists(folder.path + "/.puntual-killed"));
  {
    const auto two = Workshop::in(folder.path);
    ASSERT_TRUE(two);
    EXPECT_TRUE(fs::exists((*one)->path()));
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path), {}), 1) << "its own goes with it";
}

}  // namespace
}  // namespace puntual
