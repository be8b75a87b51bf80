#include "base/password.h"

#include <sodium.h>

#include <array>
#include <semaphore>

#include "base/result.h"

namespace puntual {
namespace {

constexpr size_t kMemoryBytes = 19 << 20;
constexpr unsigned long long kPasses = 2;

// A turn at the memory; made with the library ready.
class ArgonTurn {
 public:
  ArgonTurn() {
    static const bool is_ready = sodium_init() >= 0;
    PUNTUAL_CHECK(is_ready);
    turns().acquire();
  }
  ~ArgonTurn() { turns().release(); }
  ArgonTurn(const ArgonTurn&) = delete;
  ArgonTurn& operator=(const ArgonTurn&) = delete;

 private:
  static std::counting_semaphore<2>& turns() {
    static std::counting_semaphore<2> free(2);
    return free;
  }
};

}  // namespace

std::string hash_of_password(std::string_view password) {
  const ArgonTurn turn;
  std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
  PUNTUAL_CHECK(crypto_pwhash_argon2id_str(text.data(), password.data(), password.size(), kPasses,
                                           kMemoryBytes) == 0);
  return text.data();
}

bool is_password(std::string_view kept, std::string_view password) {
  static const std::string kNobodys = hash_of_password("of nobody");
  const std::string text(kept.empty() ? kNobodys : kept);
  const ArgonTurn turn;
  const bool fits =
      crypto_pwhash_argon2id_str_verify(text.c_str(), password.data(), password.size()) == 0;
  return fits && !kept.empty();
}

}  // namespace puntual
