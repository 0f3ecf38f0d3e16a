// Prints how many milliseconds one Argon2id hash under the default policy takes: the mean of what was hashed in the given
// time, as a server's rate is a mean over time too.
// usage: hash-cost [threads that hash at once] [seconds]

#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/PasswordHasher.h"

#include <QCoreApplication>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const warder::CryptoLibraries libraries;
    const warder::PasswordHasher hasher({});
    const auto hash = hasher.hash(u"correct horse battery staple").value();
    const int threads = argc > 1 ? std::atoi(argv[1]) : 1;
    const std::chrono::duration<double> time(argc > 2 ? std::atof(argv[2]) : 2);
    std::atomic<int> hashes = 0;
    const auto began = std::chrono::steady_clock::now();
    {
        const auto work = [&] {
            for (; std::chrono::steady_clock::now() - began < time; ++hashes) {
                if (!hasher.verify(u"correct horse battery staple", hash).value())
                    std::abort();
            }
        };
        std::vector<std::jthread> workers;
        for (int i = 0; i < threads; ++i)
            workers.emplace_back(work);
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    std::printf("%.3f\n", took.count() * threads / hashes);
    return 0;
}
