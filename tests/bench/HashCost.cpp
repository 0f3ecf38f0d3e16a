// Prints how many milliseconds one Argon2id hash under the default policy takes: the median of nine a thread.
// usage: hash-cost [threads that hash at once]

#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/PasswordHasher.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const warder::CryptoLibraries libraries;
    const warder::PasswordHasher hasher({});
    const auto hash = hasher.hash(u"correct horse battery staple").value();
    std::mutex mutex;
    std::vector<double> times;
    const auto measure = [&] {
        for (int i = 0; i < 9; ++i) {
            const auto began = std::chrono::steady_clock::now();
            if (!hasher.verify(u"correct horse battery staple", hash).value())
                std::abort();
            const auto took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
            const std::lock_guard lock(mutex);
            times.push_back(took);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < (argc > 1 ? std::atoi(argv[1]) : 1); ++i)
            threads.emplace_back(measure);
    }
    std::ranges::sort(times);
    std::printf("%.3f\n", times[times.size() / 2]);
    return 0;
}
