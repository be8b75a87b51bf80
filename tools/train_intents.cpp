// Trains the intent model (core/conversation/intent_model.h). Run while building; the same files
// give the same bytes.
//
//   train_intents MODEL FILE…      FILE: data/utterances/*.tsv, one an author, columns intent,
//   locale, also, text
//
// How far a probability can be trusted is learnt from authors kept out, one after the other: the
// temperature that fits them best, and for each intent the probability from which enough of what
// they wrote was read rightly.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase_index.h"
#include "core/conversation/intent_features.h"
#include "core/conversation/intent_model.h"

namespace puntual::training {
namespace {

constexpr int kEpochs = 30;
constexpr float kRate = 0.1F;
constexpr float kPull = 1e-4F;              // Towards zero (L2).
constexpr double kFurtherShare = 0.15;      // Of a message, for each further intent it holds.
constexpr double kRightWanted = 0.94;       // Of all that is acted on, and
constexpr double kRightWantedOfEach = 0.9;  // of each intent.

struct Example {
  Intent intent = Intent::Other;
  std::vector<Intent> also;
  bool is_portuguese = false;
  size_t author = 0, line = 0;
  std::vector<uint32_t> features;

  [[nodiscard]] bool holds(Intent one) const {
    return intent == one || std::ranges::find(also, one) != also.end();
  }
};
using Examples = std::vector<const Example*>;
using Scores = std::array<double, kIntents>;
using Row = std::array<float, kIntents>;
using Weights = std::vector<Row>;

[[noreturn]] void refuse(std::string_view path, size_t line, std::string_view what) {
  fmt::print(stderr, "{}:{}: {}\n", path, line, what);
  std::exit(1);
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t')
      cells.emplace_back();
    else
      cells.back() += c;
  }
  return cells;
}

// "\n" in a text is the break between two quick messages.
std::string with_breaks(std::string text) {
  for (size_t at; (at = text.find("\\n")) != std::string::npos;) text.replace(at, 2, "\n");
  return text;
}

std::vector<Example> read_examples(const std::string& path, size_t author) {
  std::ifstream file(path);
  if (!file) refuse(path, 0, "cannot be read");
  std::vector<Example> examples;
  std::string text;
  for (size_t line = 1; std::getline(file, text); ++line) {
    if (text.starts_with('#') || text == "intent\tlocale\talso\ttext") continue;
    const auto cells = cells_of(text);
    if (cells.size() != 4)
      refuse(path, line, "not four cells (expected intent, locale, also, text)");
    const auto intent = intent_of(cells[0]);
    if (!intent)
      refuse(path, line,
             fmt::format("'{}' is not an intent (expected one of core/conversation/intent.cpp)",
                         cells[0]));
    Example example{.intent = *intent,
                    .is_portuguese = cells[1].starts_with("pt"),
                    .author = author,
                    .line = line};
    for (const auto name : split_words(cells[2], ',')) {
      const auto further = intent_of(name);
      if (!further) refuse(path, line, fmt::format("'{}' is not an intent", name));
      example.also.push_back(*further);
    }
    const std::string said = with_breaks(cells[3]);
    example.features = conversation::intent_features(said, conversation::ask_rules(said));
    examples.push_back(std::move(example));
  }
  return examples;
}

Scores scores_of(const Weights& weights, const Example& example) {
  Scores scores{};
  for (const auto feature : example.features) {
    for (size_t k = 0; k < kIntents; ++k) scores[k] += weights[feature][k];
  }
  for (auto& one : scores) one /= std::sqrt(static_cast<double>(example.features.size()));
  return scores;
}

Scores probabilities_of(Scores scores, double temperature) {
  const double top = *std::ranges::max_element(scores);
  double total = 0;
  for (auto& one : scores) total += one = std::exp((one - top) / temperature);
  for (auto& one : scores) one /= total;
  return scores;
}

Scores wanted_of(const Example& example) {
  Scores wanted{};
  wanted[static_cast<size_t>(example.intent)] =
      1 - kFurtherShare * static_cast<double>(example.also.size());
  for (const auto one : example.also) wanted[static_cast<size_t>(one)] += kFurtherShare;
  return wanted;
}

// Adagrad, one message at a time, in an order that is shuffled alike every time.
Weights train(const Examples& examples) {
  Weights weights(conversation::kIntentFeatures, Row{}),
      squares(conversation::kIntentFeatures, Row{});
  std::vector<size_t> order(examples.size());
  std::iota(order.begin(), order.end(), size_t{0});
  uint64_t dice = 1;
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    for (size_t i = order.size(); i > 1; --i) {
      dice = dice * 6364136223846793005ULL + 1442695040888963407ULL;
      std::swap(order[i - 1], order[(dice >> 33) % i]);
    }
    for (const auto i : order) {
      const Example& example = *examples[i];
      const Scores found = probabilities_of(scores_of(weights, example), 1),
                   wanted = wanted_of(example);
      const double share = 1 / std::sqrt(static_cast<double>(example.features.size()));
      Row step{};
      for (size_t k = 0; k < kIntents; ++k)
        step[k] = static_cast<float>((wanted[k] - found[k]) * share);
      for (const auto feature : example.features) {
        for (size_t k = 0; k < kIntents; ++k) {
          const float slope = step[k] - kPull * weights[feature][k];
          squares[feature][k] += slope * slope;
          weights[feature][k] += kRate * slope / (1e-3F + std::sqrt(squares[feature][k]));
        }
      }
    }
  }
  return weights;
}

// A message read by weights that had not seen its author.
struct Blind {
  const Example* example;
  Scores scores;
};

// A language with one author only is kept out by lines.
std::vector<Blind> read_blindly(const std::vector<Example>& all, size_t authors) {
  std::vector<Blind> blind;
  for (size_t out = 0; out < authors; ++out) {
    Examples seen, unseen;
    for (const auto& one : all)
      ((one.is_portuguese ? one.line % authors : one.author) == out ? unseen : seen)
          .push_back(&one);
    if (unseen.empty() || seen.empty()) continue;
    const Weights weights = train(seen);
    for (const auto* one : unseen) blind.push_back({one, scores_of(weights, *one)});
  }
  return blind;
}

double surprise(const std::vector<Blind>& blind, double temperature) {
  double total = 0;
  for (const auto& one : blind)
    total -= std::log(std::max(
        1e-9, probabilities_of(one.scores, temperature)[static_cast<size_t>(one.example->intent)]));
  return total / static_cast<double>(blind.size());
}

double best_temperature(const std::vector<Blind>& blind) {
  double best = 1;
  for (double temperature = 0.3; temperature < 2; temperature += 0.02) {
    if (surprise(blind, temperature) < surprise(blind, best)) best = temperature;
  }
  return best;
}

struct Guess {
  double probability;
  bool is_right;
};

// The lowest probability from which on enough were right.
double act_from(std::vector<Guess> guesses, double right_wanted) {
  std::ranges::sort(guesses, std::greater(), &Guess::probability);
  double from = 1;
  int right = 0, all = 0;
  for (const auto& guess : guesses) {
    right += guess.is_right;
    ++all;
    if (right >= right_wanted * all) from = guess.probability;
  }
  return from;
}

std::unique_ptr<IntentModel> fit(const std::vector<Example>& all, size_t authors) {
  auto model = std::make_unique<IntentModel>();
  const auto blind = read_blindly(all, authors);
  const double temperature = best_temperature(blind);
  std::array<std::vector<Guess>, kIntents> guesses;
  std::vector<Guess> of_all;
  int right = 0;
  for (const auto& [example, scores] : blind) {
    const Scores found = probabilities_of(scores, temperature);
    const auto best = static_cast<size_t>(std::ranges::max_element(found) - found.begin());
    const bool is_right = example->holds(static_cast<Intent>(best));
    guesses[best].push_back({found[best], is_right});
    of_all.push_back({found[best], is_right});
    right += is_right;
  }
  fmt::print(
      "{} messages of {} authors; of authors kept out {:.1f} % read rightly; temperature {:.2f}\n",
      all.size(), authors, 100.0 * right / static_cast<double>(blind.size()), temperature);
  Examples everything;
  for (const auto& one : all) everything.push_back(&one);
  const Weights weights = train(everything);
  for (size_t k = 0; k < kIntents; ++k) {
    float largest = 0;
    for (const auto& row : weights) largest = std::max(largest, std::abs(row[k]));
    const float unit = std::max(largest, 1e-6F) / 127;
    for (size_t feature = 0; feature < weights.size(); ++feature)
      model->weights[feature][k] = static_cast<int8_t>(std::lround(weights[feature][k] / unit));
    model->scale[k] = unit / static_cast<float>(temperature);
    model->act_from[k] = static_cast<float>(
        std::max(act_from(of_all, kRightWanted), act_from(guesses[k], kRightWantedOfEach)));
    fmt::print("  {:13} acted on from {:.2f}\n", text_of(static_cast<Intent>(k)),
               model->act_from[k]);
  }
  return model;
}

int run(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: train_intents MODEL FILE…, of two authors at least\n");
    return 2;
  }
  std::vector<Example> all;
  const size_t authors = static_cast<size_t>(argc) - 2;
  for (size_t author = 0; author < authors; ++author)
    std::ranges::move(read_examples(argv[author + 2], author), std::back_inserter(all));
  const auto model = fit(all, authors);
  std::ofstream file(argv[1], std::ios::binary);
  file.write(reinterpret_cast<const char*>(model.get()), sizeof *model);
  file.close();
  if (!file) refuse(argv[1], 0, "cannot be written");
  return 0;
}

}  // namespace
}  // namespace puntual::training

int main(int argc, char** argv) { return puntual::training::run(argc, argv); }
