// Prints how many milliseconds one Argon2id hash under the default policy takes on one thread: the median of nine.

#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/PasswordHasher.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const warder::CryptoLibraries libraries;
    const warder::PasswordHasher hasher({});
    const auto hash = hasher.hash(u"correct horse battery staple").value();
    std::vector<double> times;
    for (int i = 0; i < 9; ++i) {
        const auto began = std::chrono::steady_clock::now();
        if (!hasher.verify(u"correct horse battery staple", hash).value())
            return 1;
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
    }
    std::ranges::sort(times);
    std::printf("%.3f\n", times[times.size() / 2]);
    return 0;
}
