#include "app/cli/PasswordPrompt.h"

#include "core/crypto/SecretBytes.h"

#include <QFile>
#include <QScopeGuard>

#include <cstdio>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 longestLine = 4096;

Result<QString> readLine()
{
    QFile input;
    if (!input.open(STDIN_FILENO, QIODevice::ReadOnly | QIODevice::Unbuffered))
        return refused(ErrorCode::InvalidInput, u"no password on stdin"_s);
    QByteArray line = input.readLine(longestLine);
    const auto leaving = qScopeGuard([&line] { wipe(line); });
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.isEmpty())
        return refused(ErrorCode::InvalidInput, u"no password was given"_s);
    if (!QUtf8StringView(line).isValidUtf8()) // replaced characters would make a password that nobody typed
        return refused(ErrorCode::InvalidInput, u"the password is not UTF-8"_s);
    return QString::fromUtf8(line);
}

Result<QString> promptedLine(const char *prompt)
{
    termios before {};
    tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~tcflag_t(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    const auto leaving = qScopeGuard([&before] {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        std::fputc('\n', stderr);
    });
    std::fputs(prompt, stderr);
    return readLine();
}

} // namespace

Result<QString> askPassword(bool fromStdin)
{
    if (fromStdin)
        return readLine();
    if (!isatty(STDIN_FILENO))
        return refused(ErrorCode::InvalidInput, u"no terminal to ask for the password: pipe it in with --password-stdin"_s);
    const auto first = promptedLine("Password: ");
    if (!first)
        return first;
    const auto second = promptedLine("Again: ");
    if (!second)
        return second;
    if (*first != *second)
        return refused(ErrorCode::InvalidInput, u"the two passwords differ"_s);
    return first;
}

} // namespace warder
