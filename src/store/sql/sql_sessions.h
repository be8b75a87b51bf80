// Who is signed in. Asked at every request, so that a sign-out or a lost role is felt by every node
// at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/access/session.h"
#include "store/vault.h"

namespace puntual::store {

struct Session {
  int64_t id = 0;
  int64_t user_id = 0;
  bool has_second_factor = false;
  access::SessionTimes times;
  std::string address, browser;
};

class Sessions {
 public:
  Sessions(Connection& db, Vault& vault) : db_(db), vault_(vault) {}

  // `hash`: of the token that the browser holds.
  void insert(CreditorId creditor, const Digest& hash, const Session& session);
  // Also one that has ended by itself (core/access/session.h) and was not cleared away yet.
  [[nodiscard]] std::optional<Session> find(CreditorId creditor, const Digest& hash);
  [[nodiscard]] std::vector<Session> of_user(CreditorId creditor,
                                             int64_t user);  // The newest first.
  void note_seen(CreditorId creditor, int64_t id, int64_t user, Instant now);
  void note_confirmed(CreditorId creditor, int64_t id, int64_t user, bool has_second_factor,
                      Instant now);
  // False: it is not theirs, or gone.
  bool end(CreditorId creditor, int64_t user, int64_t id);
  // All of a user, but for one (0: none is left).
  void end_all(CreditorId creditor, int64_t user, int64_t but_for = 0);
  // A test's clock goes on by so much: no session becomes older by it.
  void move_on(CreditorId creditor, int64_t ms);
  // Those that ended by themselves.
  void clear(CreditorId creditor, Instant now);

 private:
  [[nodiscard]] std::vector<Session> sessions_in(CreditorId creditor, Rows rows);
  Connection& db_;
  Vault& vault_;
};

}  // namespace puntual::store
