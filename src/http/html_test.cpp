#include "http/html.h"

#include <gtest/gtest.h>

namespace puntual::http {
namespace {

TEST(Html, ValuesAreTextWhereverTheyStand) {
  EXPECT_EQ(fill_html("<p title=\"{{a}}\">{{a}}</p>", {{"a", "<script>\"&'</script>"}}),
            "<p "
            "title=\"&lt;script&gt;&quot;&amp;&#39;&lt;/"
            "script&gt;\">&lt;script&gt;&quot;&amp;&#39;&lt;/script&gt;</p>");
  EXPECT_EQ(fill_html("{{a}}", {{"a", "{{b}}"}, {"b", "no"}}), "{{b}}");
  EXPECT_EQ(fill_html("[{{gone}}{{say.gone}}{{say.hi}}]", {{"say", {{"hi", "hola"}}}}), "[hola]");
}

TEST(Html, SectionsRepeatShowAndHide) {
  const json::object values{
      {"name", "outer"},       {"all", {{{"name", "a"}, {"n", 1}}, {{"n", 2}}}},
      {"yes", true},           {"no", false},
      {"none", json::array{}}, {"word", "w"}};
  EXPECT_EQ(fill_html("{{#all}}{{name}}{{n}} {{/all}}", values), "a1 outer2 ");
  EXPECT_EQ(
      fill_html("{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{#none}}n{{/none}}{{#word}}({{word}}){{/word}}",
                values),
      "y(w)");
  EXPECT_EQ(
      fill_html("{{^yes}}y{{/yes}}{{^no}}n{{/no}}{{^none}}n{{/none}}{{^gone}}g{{/gone}}", values),
      "nng");
}

}  // namespace
}  // namespace puntual::http
