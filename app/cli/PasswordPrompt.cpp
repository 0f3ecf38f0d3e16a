#include "app/cli/PasswordPrompt.h"

#include "app/cli/Output.h"
#include "core/crypto/SecretBytes.h"

#include <QScopeGuard>

#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestLine = 4096;
constexpr qsizetype longestSecret = 16 * 1024;

/// Those that end or stop a program unless it says otherwise.
constexpr std::array caught {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGALRM, SIGTSTP, SIGTTIN, SIGTTOU};

volatile std::sig_atomic_t arrived = 0;

void note(int signal) { arrived = signal; }

/// `what`: "password", for a refusal.
Result<QString> textOf(QByteArray line, const QString &what)
{
    const auto leaving = qScopeGuard([&line] { wipe(line); });
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    if (line.startsWith("\xef\xbb\xbf"))
        line.remove(0, 3);
    if (line.isEmpty())
        return refused(ErrorCode::InvalidInput, u"no %1 was given"_s.arg(what));
    if (!QUtf8StringView(line).isValidUtf8()) // replaced characters would make a password that nobody typed
        return refused(ErrorCode::InvalidInput, u"the %1 is not UTF-8"_s.arg(what));
    return QString::fromUtf8(line);
}

/// Byte by byte: what follows the line is not ours.
QByteArray readLine()
{
    QByteArray line;
    char c = 0;
    while (line.size() < longestLine && !line.endsWith('\n')) {
        const ssize_t got = ::read(STDIN_FILENO, &c, 1);
        if (got == 0 || (got < 0 && errno != EINTR))
            break;
        if (got == 1)
            line += c;
    }
    return line;
}

/// While it lives the terminal shows nothing of what is typed, and signals come only while it waits.
class SilentTerminal final
{
public:
    SilentTerminal()
    {
        struct sigaction noting {};
        noting.sa_handler = note;
        arrived = 0;
        sigset_t held;
        sigemptyset(&held);
        for (const int signal : caught)
            sigaddset(&held, signal);
        ::pthread_sigmask(SIG_BLOCK, &held, &m_mask);
        for (size_t i = 0; i < caught.size(); ++i) {
            ::sigaction(caught[i], nullptr, &m_actions[i]);
            if (m_actions[i].sa_handler != SIG_IGN)
                ::sigaction(caught[i], &noting, nullptr);
        }
        m_isTerminal = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        termios silent = m_before;
        silent.c_lflag &= ~tcflag_t(ECHO);
        if (m_isTerminal)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentTerminal()
    {
        if (m_isTerminal)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        for (size_t i = 0; i < caught.size(); ++i)
            ::sigaction(caught[i], &m_actions[i], nullptr);
        ::pthread_sigmask(SIG_SETMASK, &m_mask, nullptr); // one that came at the last moment acts now
    }
    /// Until something is typed; false when a signal came first.
    bool wait() const
    {
        pollfd input {.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
        while (::ppoll(&input, 1, nullptr, &m_mask) < 0 && errno == EINTR) {
            if (arrived)
                return false;
        }
        return true;
    }
    Q_DISABLE_COPY_MOVE(SilentTerminal)

private:
    std::array<struct sigaction, caught.size()> m_actions {};
    sigset_t m_mask {};
    termios m_before {};
    bool m_isTerminal = false;
};

/// As readpassphrase(3) does it: puts the terminal right, lets the signal have its way, and asks again if that was only a stop.
Result<QString> promptedLine(const QString &prompt, const QString &what)
{
    for (;;) {
        QByteArray line;
        {
            const SilentTerminal silent;
            printQuestion(prompt);
            if (silent.wait())
                line = readLine();
        }
        printQuestion(u"\n"_s);
        if (!arrived)
            return textOf(std::move(line), what);
        wipe(line);
        ::raise(arrived);
    }
}

} // namespace

Result<QString> askLine(const QString &prompt)
{
    if (isatty(STDIN_FILENO))
        printQuestion(prompt);
    QByteArray line = readLine();
    const auto leaving = qScopeGuard([&line] { wipe(line); });
    return line.trimmed().isEmpty() ? Result<QString>(refused(ErrorCode::InvalidInput, u"nothing was given"_s)) : QString::fromUtf8(line);
}

Result<QString> askPassword(bool fromStdin)
{
    if (fromStdin)
        return textOf(readLine(), u"password"_s);
    if (!isatty(STDIN_FILENO))
        return refused(ErrorCode::InvalidInput, u"no terminal to ask for the password: pipe it in with --password-stdin"_s);
    const auto first = promptedLine(u"Password: "_s, u"password"_s);
    if (!first)
        return first;
    const auto second = promptedLine(u"Again: "_s, u"password"_s);
    if (!second)
        return second;
    if (*first != *second)
        return refused(ErrorCode::InvalidInput, u"the two passwords differ"_s);
    return first;
}

Result<QString> askSecret(const QString &prompt, const QString &withoutTerminal)
{
    if (!isatty(STDIN_FILENO))
        return refused(ErrorCode::InvalidInput, withoutTerminal);
    return promptedLine(prompt, u"secret"_s);
}

Result<QString> secretOfStdin()
{
    QByteArray all;
    const auto leaving = qScopeGuard([&all] { wipe(all); });
    all.reserve(longestSecret + 1); // grown it would leave copies behind
    char c = 0;
    for (;;) {
        const ssize_t got = ::read(STDIN_FILENO, &c, 1);
        if (got == 0 || (got < 0 && errno != EINTR))
            return textOf(std::move(all), u"secret"_s);
        if (got == 1)
            all += c;
        if (all.size() > longestSecret)
            return refused(ErrorCode::InvalidInput, u"that is more than 16 KiB, and no secret"_s);
    }
}

} // namespace warder
