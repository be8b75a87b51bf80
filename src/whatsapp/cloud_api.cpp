#include "whatsapp/cloud_api.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "base/failpoint.h"
#include "whatsapp/connections.h"
#include "whatsapp/outcome.h"
#include "whatsapp/uploader.h"

namespace puntual::whatsapp {
namespace {

constexpr int64_t kConnectMaxMs = 5000;
constexpr int kUnpacedQueue = 1024;
constexpr int64_t kNearTickMs = 4;
constexpr int kThroughputReachedCode = 130429;
constexpr int64_t kLookForOverdueMs = 250;
constexpr int64_t kUploadAgainMs =
    kMinuteMs;  // An upload that failed may be refused again: not every few seconds.

int64_t system_boot_ms() {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

Instant system_now() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

void init_libcurl_once() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  PUNTUAL_CHECK(code == CURLE_OK);
}

// Seconds, or a date (RFC 9110, 10.2.3).
std::optional<int64_t> delay_of(std::string_view retry_after, Instant now) {
  int64_t seconds = 0;
  const char* end = retry_after.data() + retry_after.size();
  if (const auto [at, error] = std::from_chars(retry_after.data(), end, seconds);
      error == std::errc{} && at == end) {
    return seconds > 0 ? std::optional(std::min<int64_t>(seconds, 86'400) * kSecondMs)
                       : std::nullopt;
  }
  const auto date = date_of(retry_after);
  return date && *date > now ? std::optional(*date - now) : std::nullopt;
}

Endpoint endpoint_of(const CloudApiOptions& options) {
  return {options.base_url, options.version, options.access_token};
}

}  // namespace

class CloudApi::Sender {
 public:
  explicit Sender(CloudApiOptions options);
  ~Sender();
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  void submit(std::vector<SendRequest> requests);
  std::vector<SendResult> collect();
  [[nodiscard]] int capacity() const;
  void set_access_token(std::string token);
  void stop(int64_t wait_ms);

 private:
  // Of the sender's thread alone, from here …
  void run();
  void take_submitted();
  void start_allowed(int64_t now_ms);
  void start(SendingNumber& number, WaitingSend send, int64_t now_ms);
  void begin(Transfer& transfer);
  void write(Transfer& transfer);
  void read(Transfer& transfer);
  void drop_expired(SendingNumber& number, int64_t now_ms);
  SendResult& drop(SendRequest request, std::string why);
  [[nodiscard]] int wait_ms() const;
  [[nodiscard]] bool may_gather() const;
  void gather() const;
  void wait_and_serve();
  void serve_socket(curl_socket_t fd, uint32_t seen);
  void serve(Transfer& transfer, uint32_t seen);
  void harvest();
  void finish(Transfer& transfer, std::string_view failure);
  void give_up_overdue(int64_t now_ms);
  void learn_pace(SendingNumber& number, const SendResult& result);
  void learn_date(std::string_view date);
  void publish();
  void abandon();
  SendingNumber& number_of(const std::string& phone_number_id);
  static int on_socket(CURL* easy, curl_socket_t fd, int what, void* user, void* known);
  static int on_timer(CURLM* multi, long timeout_ms, void* user);
  // … to here.
  void take(WaitingSend&& send);
  void wake();

  CloudApiOptions options_;
  Endpoint endpoint_;
  Descriptor epoll_{epoll_create1(EPOLL_CLOEXEC)};
  Descriptor event_{eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
  std::unique_ptr<CURLM, CURLMcode (*)(CURLM*)> multi_{nullptr, curl_multi_cleanup};
  std::optional<Connections> connections_;
  std::map<std::string, SendingNumber, std::less<>> numbers_;
  std::vector<SendResult> new_results_;
  int active_ = 0;
  int64_t timer_due_ms_ = INT64_MAX;
  int64_t overdue_look_ms_ = 0;
  int64_t date_learnt_ms_ = INT64_MIN / 2;
  bool is_stopping_ = false;
  int64_t stop_at_ms_ = INT64_MAX;

  std::atomic<int> waiting_{0};
  std::mutex mutex_;
  std::vector<WaitingSend> submitted_;
  std::vector<SendResult> results_;
  std::string new_token_;
  bool stop_asked_ = false;
  bool is_ended_ = false;  // Nobody takes what is submitted any more.
  int64_t stop_wait_ms_ = 0;
  std::unique_ptr<Uploader> uploader_;
  std::thread thread_;
};

CloudApi::Sender::Sender(CloudApiOptions options)
    : options_(std::move(options)), endpoint_(endpoint_of(options_)) {
  init_libcurl_once();
  if (!options_.now) options_.now = system_now;
  if (!options_.boot_ms) options_.boot_ms = system_boot_ms;
  options_.connections_max = std::max(1, options_.connections_max);
  multi_.reset(curl_multi_init());
  PUNTUAL_CHECK(multi_ != nullptr);
  connections_.emplace(multi_.get(), epoll_.get());
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, &Sender::on_socket);
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, &Sender::on_timer);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
  epoll_event event{.events = EPOLLIN, .data = {.fd = event_.get()}};
  PUNTUAL_CHECK(epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, event_.get(), &event) == 0);
  uploader_ = std::make_unique<Uploader>(endpoint_, options_.boot_ms,
                                         [this](WaitingSend&& send) { take(std::move(send)); });
  // Signals are for the other threads.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

CloudApi::Sender::~Sender() { stop(5000); }

void CloudApi::Sender::wake() {
  const uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(event_.get(), &one, sizeof one);
}

void CloudApi::Sender::submit(std::vector<SendRequest> requests) {
  if (requests.empty()) return;
  const Instant now = options_.now();
  const int64_t boot_ms = options_.boot_ms();
  waiting_ += static_cast<int>(requests.size());
  {
    const std::lock_guard lock(mutex_);
    PUNTUAL_CHECK(!is_ended_);
    for (auto& request : requests) {
      WaitingSend send{std::move(request), boot_ms + (request.deadline - now)};
      if (send.request.attachment)
        uploader_->upload(std::move(send));
      else
        submitted_.push_back(std::move(send));
    }
  }
  wake();
}

// Back from its upload.
void CloudApi::Sender::take(WaitingSend&& send) {
  {
    const std::lock_guard lock(mutex_);
    submitted_.push_back(std::move(send));
  }
  wake();
}

std::vector<SendResult> CloudApi::Sender::collect() {
  const std::lock_guard lock(mutex_);
  return std::exchange(results_, {});
}

int CloudApi::Sender::capacity() const {
  const int64_t ahead = options_.messages_per_second * options_.ahead_ms / kSecondMs;
  const int queue =
      options_.messages_per_second == 0 ? kUnpacedQueue : std::max(1, static_cast<int>(ahead));
  return std::max(0, queue - waiting_.load(std::memory_order_relaxed));
}

void CloudApi::Sender::set_access_token(std::string token) {
  uploader_->set_access_token(token);
  {
    const std::lock_guard lock(mutex_);
    new_token_ = std::move(token);
  }
  wake();
}

void CloudApi::Sender::stop(int64_t wait_ms) {
  uploader_->stop();
  {
    const std::lock_guard lock(mutex_);
    if (!stop_asked_) stop_wait_ms_ = wait_ms;
    stop_asked_ = true;
  }
  wake();
  if (thread_.joinable()) thread_.join();
}

void CloudApi::Sender::run() {
  while (true) {
    take_submitted();
    const int64_t now_ms = options_.boot_ms();
    start_allowed(now_ms);
    publish();
    if (is_stopping_ && (active_ == 0 || now_ms >= stop_at_ms_)) break;
    wait_and_serve();
    harvest();
  }
  abandon();
  publish();
}

void CloudApi::Sender::take_submitted() {
  std::vector<WaitingSend> submitted;
  std::string token;
  {
    const std::lock_guard lock(mutex_);
    submitted.swap(submitted_);
    token.swap(new_token_);
    if (stop_asked_ && !is_stopping_) {
      is_stopping_ = true;
      stop_at_ms_ = options_.boot_ms() + stop_wait_ms_;
    }
  }
  if (!token.empty()) {
    endpoint_.access_token = std::move(token);
    for (auto& [id, number] : numbers_) number.head = request_head(endpoint_, id + "/messages");
  }
  if (!submitted.empty()) failpoint("send.taken");
  for (auto& send : submitted) {
    if (!send.trouble.empty()) {
      drop(std::move(send.request), std::move(send.trouble)).retry_after_ms = kUploadAgainMs;
    } else if (!is_platform_number(send.request.phone_number_id)) {
      drop(std::move(send.request), "the sending number's id is not a number");
    } else {
      number_of(send.request.phone_number_id).waiting.push_back(std::move(send));
    }
  }
}

SendingNumber& CloudApi::Sender::number_of(const std::string& phone_number_id) {
  const auto found = numbers_.find(phone_number_id);
  if (found != numbers_.end()) return found->second;
  SendingNumber number{.head = request_head(endpoint_, phone_number_id + "/messages"),
                       .pace = NumberPace(options_.messages_per_second),
                       .spread = EvenSpread(options_.messages_per_second),
                       .waiting = {}};
  return numbers_.emplace(phone_number_id, std::move(number)).first->second;
}

SendResult& CloudApi::Sender::drop(SendRequest request, std::string why) {
  SendResult result;
  result.is_of(request);
  result.outcome = SendOutcome::NotSent;
  result.detail = std::move(why);
  --waiting_;
  return new_results_.emplace_back(std::move(result));
}

// Deadlines come in order but for small differences, so the first one tells.
void CloudApi::Sender::drop_expired(SendingNumber& number, int64_t now_ms) {
  if (!is_stopping_ && now_ms < number.waiting.front().deadline_boot_ms) return;
  std::erase_if(number.waiting, [&](WaitingSend& send) {
    if (!is_stopping_ && now_ms < send.deadline_boot_ms) return false;
    drop(std::move(send.request),
         is_stopping_ ? "the program is stopping" : "the deadline had passed");
    return true;
  });
}

void CloudApi::Sender::start_allowed(int64_t now_ms) {
  const bool is_paced = options_.messages_per_second != 0;
  for (auto& [id, number] : numbers_) {
    if (number.waiting.empty()) continue;
    drop_expired(number, now_ms);
    int allowed = is_paced ? number.capacity(Instant{now_ms}) : INT32_MAX;
    while (!number.waiting.empty() && allowed > 0 && active_ < options_.connections_max) {
      --allowed;
      WaitingSend send = std::move(number.waiting.front());
      number.waiting.pop_front();
      number.spread.count(Instant{now_ms});
      start(number, std::move(send), now_ms);
    }
  }
}

void CloudApi::Sender::start(SendingNumber& number, WaitingSend send, int64_t now_ms) {
  Transfer& transfer = connections_->take(endpoint_, now_ms);
  transfer.request = std::move(send.request);
  transfer.number = &number;
  transfer.deadline_boot_ms = send.deadline_boot_ms;
  transfer.is_busy = transfer.is_promised = true;
  transfer.is_body_started = false;
  transfer.answer.begin();
  failpoint("send.started");
  --waiting_;
  ++active_;
  ++number.promised;
  if (transfer.socket() != CURL_SOCKET_BAD) return begin(transfer);
  const int64_t within_ms =
      std::clamp<int64_t>(transfer.deadline_boot_ms - now_ms, 1, kConnectMaxMs);
  if (!connections_->open(transfer, within_ms))
    finish(transfer, "the connection could not be begun");
}

// The connection stands, and this is directly before the first byte.
void CloudApi::Sender::begin(Transfer& transfer) {
  transfer.begin();
  if (options_.boot_ms() >= transfer.deadline_boot_ms)
    return finish(transfer, "the deadline had passed");
  failpoint("send.body_begins");
  transfer.is_body_started = true;
  write(transfer);
}

void CloudApi::Sender::write(Transfer& transfer) {
  const auto step = transfer.write();
  if (std::exchange(transfer.is_promised, false)) {
    failpoint("send.body_given");
    // Counted after the bytes went to the system, so that a moment in which we stood still is not
    // taken for time that has passed since.
    transfer.number->pace.count(Instant{options_.boot_ms()});
    --transfer.number->promised;
  }
  if (step == Transfer::Step::Failed)
    return finish(transfer, "the connection broke while the message was sent");
  if (step == Transfer::Step::Waits) connections_->watch(transfer, true);
}

void CloudApi::Sender::read(Transfer& transfer) {
  switch (transfer.read()) {
    case Transfer::Step::Waits:
      return;
    case Transfer::Step::Done:
      return finish(transfer, {});
    case Transfer::Step::Failed:
      return finish(transfer, "the connection broke, or its answer is malformed");
  }
}

int CloudApi::Sender::on_socket(CURL*, curl_socket_t fd, int what, void* user, void* known) {
  auto& self = *static_cast<Sender*>(user);
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(self.epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
    return 0;
  }
  epoll_event event{};
  event.data.fd = fd;
  if ((what & CURL_POLL_IN) != 0) event.events |= EPOLLIN;
  if ((what & CURL_POLL_OUT) != 0) event.events |= EPOLLOUT;
  epoll_ctl(self.epoll_.get(), known == nullptr ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &event);
  if (known == nullptr) curl_multi_assign(self.multi_.get(), fd, user);
  return 0;
}

int CloudApi::Sender::on_timer(CURLM*, long timeout_ms, void* user) {
  auto& self = *static_cast<Sender*>(user);
  self.timer_due_ms_ = timeout_ms < 0 ? INT64_MAX : self.options_.boot_ms() + timeout_ms;
  return 0;
}

// Until libcurl's timer, an answer that is overdue, a pace that opens, a deadline, or the end of
// stopping.
int CloudApi::Sender::wait_ms() const {
  const int64_t now_ms = options_.boot_ms();  // Afresh: the process may have been frozen since.
  int64_t until = std::min({timer_due_ms_, is_stopping_ ? stop_at_ms_ : INT64_MAX,
                            active_ > 0 ? overdue_look_ms_ : INT64_MAX});
  for (const auto& [id, number] : numbers_) {
    if (number.waiting.empty()) continue;
    until = std::min(until, number.waiting.front().deadline_boot_ms);
    if (options_.messages_per_second != 0 && active_ < options_.connections_max) {
      until = std::min(until, number.next_at(Instant{now_ms}).ms);
    }
  }
  if (until == INT64_MAX) return -1;
  return static_cast<int>(std::clamp<int64_t>(until - now_ms, 0, 60'000));
}

void CloudApi::Sender::serve_socket(curl_socket_t fd, uint32_t seen) {
  if (Transfer* transfer = connections_->at(fd)) return serve(*transfer, seen);
  int running = 0;
  const int action = ((seen & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                     ((seen & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
                     ((seen & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
  curl_multi_socket_action(multi_.get(), fd, action, &running);
}

void CloudApi::Sender::serve(Transfer& transfer, uint32_t seen) {
  if (!transfer.is_busy) {
    if (!transfer.is_quiet()) connections_->close(transfer);
    return;
  }
  if ((seen & EPOLLOUT) != 0) {
    connections_->watch(transfer, false);
    write(transfer);
  }
  if (transfer.is_busy && (seen & ~uint32_t{EPOLLOUT}) != 0) read(transfer);
}

// Some wait for their number's pace, and none is on its way to the other side: all else can wait
// until the next tick as well.
bool CloudApi::Sender::may_gather() const {
  if (options_.messages_per_second == 0 || is_stopping_) return false;
  const auto has_begun = [](const auto& entry) { return entry.second.promised == 0; };
  const auto waits = [](const auto& entry) { return !entry.second.waiting.empty(); };
  return std::ranges::all_of(numbers_, has_begun) && std::ranges::any_of(numbers_, waits);
}

// Until the next tick. Not asleep in epoll: answers and new messages would wake us one by one.
void CloudApi::Sender::gather() const {
  const int64_t now_ms = options_.boot_ms();
  const int64_t tick_ms = pace_tick_ms(options_.messages_per_second);
  int64_t until = (now_ms / tick_ms + 1) * tick_ms;
  for (const auto& [id, number] : numbers_) {
    if (number.waiting.empty() || active_ >= options_.connections_max) continue;
    // What once left late, because the machine was busy, may leave as late again.
    const int64_t at = number.pace.next_at(Instant{now_ms}).ms;
    if (at > now_ms && at + kNearTickMs <= until) until = at;
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(until - now_ms));
}

void CloudApi::Sender::wait_and_serve() {
  const bool gathers = may_gather();
  if (gathers) gather();
  epoll_event events[256];
  const int count = epoll_wait(epoll_.get(), events, std::size(events), gathers ? 0 : wait_ms());
  for (int i = 0; i < count; ++i) {
    if (events[i].data.fd == event_.get()) {
      uint64_t ignored = 0;
      [[maybe_unused]] const auto read = ::read(event_.get(), &ignored, sizeof ignored);
      continue;
    }
    serve_socket(events[i].data.fd, events[i].events);
  }
  const int64_t now_ms = options_.boot_ms();
  if (timer_due_ms_ <= now_ms) {
    timer_due_ms_ = INT64_MAX;
    int running = 0;
    curl_multi_socket_action(multi_.get(), CURL_SOCKET_TIMEOUT, 0, &running);
  }
  if (active_ > 0 && overdue_look_ms_ <= now_ms) give_up_overdue(now_ms);
}

// What has been connected, or could not be.
void CloudApi::Sender::harvest() {
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    char* user = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &user);
    auto& transfer = *reinterpret_cast<Transfer*>(user);
    const CURLcode code = message->data.result;
    if (code == CURLE_OK && connections_->stands(transfer))
      begin(transfer);
    else
      finish(transfer,
             code == CURLE_OK ? "the connection has no socket" : curl_easy_strerror(code));
  }
}

// The request has ended, one way or the other; its connection is used again when nothing speaks
// against it.
void CloudApi::Sender::finish(Transfer& transfer, std::string_view failure) {
  const auto& came = transfer.answer;
  failpoint("send.answered");
  SendResult result = outcome_of({.is_body_started = transfer.is_body_started,
                                  .http_status = came.status(),
                                  .body = came.body(),
                                  .failure = failure,
                                  .retry_after_ms = delay_of(came.retry_after(), options_.now())});
  result.is_of(transfer.request);
  if (std::exchange(transfer.is_promised, false)) --transfer.number->promised;
  learn_pace(*transfer.number, result);
  if (options_.on_date && !came.date().empty()) learn_date(came.date());
  new_results_.push_back(std::move(result));
  --active_;
  transfer.is_busy = false;
  const bool is_unused = transfer.socket() != CURL_SOCKET_BAD && !transfer.is_body_started;
  if (!is_unused && (!failure.empty() || !transfer.can_go_on()))
    return connections_->close(transfer);
  connections_->rest(transfer, options_.boot_ms());
}

// Now and then, as nobody waits for it by the millisecond.
void CloudApi::Sender::give_up_overdue(int64_t now_ms) {
  overdue_look_ms_ = now_ms + kLookForOverdueMs;
  connections_->each_busy([&](Transfer& transfer) {
    if (transfer.deadline_boot_ms + options_.answer_wait_ms <= now_ms)
      finish(transfer, "no answer in time");
  });
}

void CloudApi::Sender::learn_pace(SendingNumber& number, const SendResult& result) {
  if (options_.messages_per_second == 0) return;
  const Instant now{options_.boot_ms()};
  if (result.outcome == SendOutcome::Accepted) number.pace.accepted(now);
  if (result.error_code == kThroughputReachedCode) number.pace.refused(now);
}

void CloudApi::Sender::learn_date(std::string_view date) {
  const int64_t now_ms = options_.boot_ms();
  if (now_ms - date_learnt_ms_ < kSecondMs) return;
  date_learnt_ms_ = now_ms;
  if (const auto at = date_of(date)) options_.on_date(*at);
}

void CloudApi::Sender::publish() {
  if (new_results_.empty()) return;
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    is_first = results_.empty();
    std::move(new_results_.begin(), new_results_.end(), std::back_inserter(results_));
  }
  new_results_.clear();
  failpoint("send.published");
  if (is_first && options_.on_results) options_.on_results();
}

// What is left when stopping has taken too long.
void CloudApi::Sender::abandon() {
  connections_->each_busy(
      [&](Transfer& transfer) { finish(transfer, "no answer before the program stopped"); });
  is_stopping_ = true;
  take_submitted();
  for (auto& [id, number] : numbers_) {
    if (!number.waiting.empty()) drop_expired(number, INT64_MAX);
  }
  const std::lock_guard lock(mutex_);
  is_ended_ = true;
}

Result<std::unique_ptr<CloudApi>> CloudApi::open(CloudApiOptions options) {
  RETURN_IF_ERROR(check_endpoint(endpoint_of(options)));
  return std::unique_ptr<CloudApi>(new CloudApi(std::move(options)));
}

CloudApi::CloudApi(CloudApiOptions options)
    : sender_(std::make_unique<Sender>(std::move(options))) {}
CloudApi::~CloudApi() = default;

void CloudApi::submit(std::vector<SendRequest> requests) { sender_->submit(std::move(requests)); }
std::vector<SendResult> CloudApi::collect() { return sender_->collect(); }
int CloudApi::capacity(Instant) { return sender_->capacity(); }
void CloudApi::set_access_token(std::string token) { sender_->set_access_token(std::move(token)); }
void CloudApi::stop(int64_t wait_ms) { sender_->stop(wait_ms); }

}  // namespace puntual::whatsapp
