#include "app/remote/SshErrors.h"

#include "app/cli/ExitCode.h"
#include "core/base/RemotePlace.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int sshFailed = 255;
constexpr int notExecutable = 126;
constexpr int notFound = 127;
constexpr qsizetype mostLines = 12;
constexpr qsizetype longestLine = 300;

struct Sign
{
    QLatin1StringView words;
    RemoteTrouble trouble;
};

/// In the order in which they are looked for: a changed key also ends with "Host key verification failed."
constexpr std::array signs {
    Sign {"REMOTE HOST IDENTIFICATION HAS CHANGED"_L1, RemoteTrouble::HostKeyChanged},
    Sign {"POSSIBLE DNS SPOOFING DETECTED"_L1, RemoteTrouble::HostKeyChanged},
    Sign {"REVOKED HOST KEY DETECTED"_L1, RemoteTrouble::HostKeyChanged},
    Sign {"has changed and you have requested strict checking"_L1, RemoteTrouble::HostKeyChanged},
    Sign {"Host key verification failed"_L1, RemoteTrouble::HostKeyUnknown},
    Sign {"you have requested strict checking"_L1, RemoteTrouble::HostKeyUnknown},
    Sign {"Could not resolve hostname"_L1, RemoteTrouble::UnknownHost},
    Sign {"Permission denied ("_L1, RemoteTrouble::LoginRefused}, // with the methods; without them it is a file's
    Sign {"Too many authentication failures"_L1, RemoteTrouble::LoginRefused},
    Sign {"Connection refused"_L1, RemoteTrouble::Unreachable},
    Sign {"No route to host"_L1, RemoteTrouble::Unreachable},
    Sign {"Network is unreachable"_L1, RemoteTrouble::Unreachable},
    Sign {"Host is down"_L1, RemoteTrouble::Unreachable},
    Sign {"timed out"_L1, RemoteTrouble::Unreachable},
    Sign {"kex_exchange_identification"_L1, RemoteTrouble::Unreachable},
    Sign {"banner exchange"_L1, RemoteTrouble::Unreachable},
};

/// Without the "@" that ssh draws around a warning; empty for what is nothing else.
QString unframed(const QString &line)
{
    const QString words = line.simplified();
    if (std::ranges::all_of(words, [](QChar c) { return c == u'@'; }))
        return {};
    const bool isFramed = words.startsWith(u'@') && words.endsWith(u'@');
    return isFramed ? words.sliced(1, words.size() - 2).trimmed() : words;
}

QString wordsOf(const QByteArray &said)
{
    QStringList lines;
    for (const QString &line : QString::fromUtf8(said).split(u'\n')) {
        const QString words = unframed(line).left(longestLine);
        if (!words.isEmpty() && (lines.isEmpty() || lines.last() != words))
            lines += words;
    }
    return lines.mid(qMax<qsizetype>(0, lines.size() - mostLines)).join(u'\n');
}

/// Becomes an argument of ours: ssh would put the value of a variable of this machine in place of `${NAME}`, and tell it to the other one.
bool isSocket(const QString &line)
{
    constexpr QLatin1StringView name = "/console.sock"_L1;
    const QString folder = line.chopped(line.endsWith(name) ? name.size() : line.size());
    return !folder.isEmpty() && !RemotePlace {.host = u"there"_s, .dataDirectory = folder}.fault();
}

} // namespace

SshFault faultOfSsh(const QByteArray &said, bool wasOpen)
{
    const auto isIn = [&said](const Sign &sign) { return said.contains(QByteArrayView(sign.words.data(), sign.words.size())); };
    SshFault fault {.trouble = wasOpen ? RemoteTrouble::Broken : RemoteTrouble::Other, .said = wordsOf(said)};
    if (const auto sign = std::ranges::find_if(signs, isIn); sign != signs.end() && !wasOpen)
        fault.trouble = sign->trouble;
    return fault;
}

SshFault faultOfNoSsh() { return {.trouble = RemoteTrouble::NoSsh}; }

std::expected<QString, SshFault> socketSaid(int exitCode, const QByteArray &out, const QByteArray &said)
{
    const QStringList lines = QString::fromUtf8(out).split(u'\n', Qt::SkipEmptyParts);
    const auto path = std::ranges::find_if(lines, isSocket); // a shell may greet before and behind it
    if (exitCode == Done && path != lines.end())
        return *path;
    if (exitCode == sshFailed)
        return std::unexpected(faultOfSsh(said, false));
    SshFault fault {.said = wordsOf(said.isEmpty() ? out : said)};
    if (exitCode == notFound || exitCode == notExecutable)
        fault.trouble = RemoteTrouble::NoProgram;
    else if (exitCode == Refused && said.contains("warderd: "))
        fault.trouble = RemoteTrouble::NotRunning;
    return std::unexpected(fault);
}

bool mayPass(RemoteTrouble trouble)
{
    using enum RemoteTrouble;
    constexpr std::array needPerson {NoSsh, HostKeyUnknown, HostKeyChanged, LoginRefused};
    return !std::ranges::contains(needPerson, trouble);
}

} // namespace warder
