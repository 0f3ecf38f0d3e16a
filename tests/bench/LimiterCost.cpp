// limiter-cost [seconds]: what a check of the limiter costs, as a ratio to a check without rules, on 1, 2 and 4 threads; and how long it
// takes to replay records of ten thousand to a million requests.

#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/ratelimit/WhatIf.h"

#include <QElapsedTimer>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

constexpr size_t clients = 4096;
const TimePoint start = fromMilliseconds(1'800'000'000'000);

/// As many as sign in at once, each with an account.
std::vector<RateSubject> subjects()
{
    std::vector<RateSubject> all;
    for (size_t i = 0; i < clients; ++i)
        all.push_back({QHostAddress(quint32(0x0a00'0000 + i)), u"person%1@example.com"_s.arg(i), {}});
    return all;
}

/// Two rules, as a sign-in has, of which none ever denies.
QList<RateRule> generousRules()
{
    const Rate rate {.amount = 1'000'000, .period = Seconds {1}, .burst = 1'000'000};
    return {{.name = u"by_address"_s, .routes = {u"login"_s}, .key = RateKey::Address, .rate = rate},
            {.name = u"by_account"_s, .routes = {u"login"_s}, .key = RateKey::AddressAndAccount, .rate = rate}};
}

/// Nanoseconds that one check takes one thread, while so many check by one clock.
double nanoseconds(RateLimiter &limiter, int threads, double seconds)
{
    static const std::vector<RateSubject> all = subjects();
    static TimePoint now = start;
    now += std::chrono::hours {1}; // behind what the measurement before has used up
    const int route = limiter.routeNumber({.title = u"POST /login"_s, .group = u"login"_s});
    std::atomic<quint64> checks = 0;
    const auto began = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> workers;
        for (int thread = 0; thread < threads; ++thread) {
            workers.emplace_back([&, thread] {
                quint64 mine = 0;
                std::chrono::nanoseconds passed {0};
                for (size_t next = size_t(thread) * 1021; passed < std::chrono::duration<double>(seconds);
                     passed = std::chrono::steady_clock::now() - began) {
                    for (int i = 0; i < 1000; ++i, ++mine) {
                        if (!limiter.check(all[next++ % clients], route, now + std::chrono::floor<Milliseconds>(passed)).allowed)
                            std::abort();
                    }
                }
                checks += mine;
            });
        }
    }
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - began;
    return took.count() * threads / double(checks);
}

void measureChecks(double seconds)
{
    LoginBackoff backoffOfEmpty;
    LoginBackoff backoff;
    RateLimiter empty({}, backoffOfEmpty, {.recorded = 0});
    RateLimiter limiter(generousRules(), backoff, {.recorded = 0});
    RateLimiter recording(generousRules(), backoff);
    double alone = 0;
    for (const int threads : {1, 2, 4}) {
        const double nothing = nanoseconds(empty, threads, seconds);
        const double two = nanoseconds(limiter, threads, seconds);
        const double recorded = nanoseconds(recording, threads, seconds);
        if (threads == 1)
            alone = two;
        std::printf(
            "limiter %d thread(s): no rule %5.0f ns   two rules %5.0f ns, ratio %.1f   recorded as well %5.0f ns   to one thread %.2f\n",
            threads, nothing, two, two / nothing, recorded, two / alone);
        std::fflush(stdout);
    }
}

void measureWhatIf()
{
    const std::vector<RateSubject> all = subjects();
    const std::atomic<bool> stop = false;
    const RateRule tight {.name = u"tight"_s, .routes = {u"login"_s}, .key = RateKey::Address, .rate = {10, Seconds {60}, 10}};
    for (const size_t size : {10'000, 100'000, 1'000'000}) {
        DecisionRecord record(size);
        for (size_t i = 0; i < size; ++i)
            record.add(all[i * 2'654'435'761 % clients], 0, RecordedOutcome::Passed, start + Milliseconds(i / 20));
        const TimePoint now = start + Milliseconds(size / 20);
        QElapsedTimer timer;
        timer.start();
        const auto decisions = record.all(now);
        const double read = double(timer.nsecsElapsed()) / 1e6;
        const WhatIf found = whatIf(decisions, record.begin(), tight, {{u"POST /login"_s, u"login"_s}}, now, stop);
        std::printf("what-if %7zu requests: read %6.1f ms, with the replay %6.1f ms   %lld denied\n", size, read,
                    double(timer.nsecsElapsed()) / 1e6, static_cast<long long>(found.denied));
        std::fflush(stdout);
    }
}

} // namespace

int main(int argc, char **argv)
{
    measureChecks(argc > 1 ? std::atof(argv[1]) : 2);
    measureWhatIf();
    return 0;
}
