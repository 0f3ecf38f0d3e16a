#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"

#include <QDeadlineTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// A program on a terminal of its own, whose other end we hold.
class OnTerminal final
{
public:
    explicit OnTerminal(const QByteArrayList &arguments)
    {
        std::vector<char *> words;
        for (const QByteArray &word : arguments)
            words.push_back(const_cast<char *>(word.constData()));
        words.push_back(nullptr);
        m_pid = ::forkpty(&m_master, nullptr, nullptr, nullptr);
        if (m_pid == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::execv(words[0], words.data());
            ::_exit(127);
        }
        m_other = ::open(::ptsname(m_master), O_RDWR | O_NOCTTY); // so that the terminal outlives the program
    }
    ~OnTerminal()
    {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
        ::close(m_other);
        ::close(m_master);
    }
    Q_DISABLE_COPY_MOVE(OnTerminal)

    /// Waits for these words, after those of the last time.
    bool reads(const QByteArray &words)
    {
        const QDeadlineTimer deadline(60'000);
        while (!m_fresh.contains(words) && !deadline.hasExpired())
            take();
        m_all += m_fresh;
        return std::exchange(m_fresh, {}).contains(words);
    }
    void types(const QByteArray &keys) const { (void)!::write(m_master, keys.constData(), size_t(keys.size())); }
    void signal(int number) const { ::kill(m_pid, number); }
    bool echoes() const
    {
        termios now {};
        return ::tcgetattr(m_other, &now) == 0 && (now.c_lflag & ECHO);
    }
    /// The exit code, or minus the signal that ended it.
    int end()
    {
        int status = 0;
        while (::waitpid(m_pid, &status, WNOHANG) == 0)
            take();
        return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    }
    const QByteArray &all() const { return m_all; }

private:
    void take()
    {
        pollfd from {.fd = m_master, .events = POLLIN, .revents = 0};
        QByteArray piece(4096, '\0');
        if (::poll(&from, 1, 20) > 0)
            m_fresh += piece.first(std::max<ssize_t>(0, ::read(m_master, piece.data(), size_t(piece.size()))));
    }

    pid_t m_pid = -1;
    int m_master = -1;
    int m_other = -1;
    QByteArray m_fresh;
    QByteArray m_all;
};

const QByteArray typed = annsPassword.toUtf8();

} // namespace

/// The password prompt on a real terminal: whatever ends or stops the program, what is typed afterwards is seen again.
class TestTerminal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void password_isTypedUnseen();
    void passwords_thatDiffer_areRefused();
    void signal_leavesTheEchoOn_data();
    void signal_leavesTheEchoOn();
    void stop_leavesTheEchoOn_andAsksAgain();
    void encryptedKey_asksForItsPassphrase();

private:
    QByteArrayList command() const
    {
        return {WarderProcess::program().toUtf8(), "user", "add", "ann@example.com", "--data-dir", m_folder->filePath(u"data"_s).toUtf8()};
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTerminal::password_isTypedUnseen()
{
    OnTerminal terminal(command());
    QVERIFY(terminal.reads("Password: "));
    QVERIFY(!terminal.echoes());
    terminal.types(typed + '\n');
    QVERIFY(terminal.reads("Again: "));
    QVERIFY(!terminal.echoes());
    terminal.types(typed + '\n');
    QVERIFY(terminal.reads("ann@example.com"));
    QCOMPARE(terminal.end(), int(Done));
    QVERIFY(terminal.echoes());
    QVERIFY(!terminal.all().contains(typed));
}

void TestTerminal::passwords_thatDiffer_areRefused()
{
    OnTerminal terminal(command());
    QVERIFY(terminal.reads("Password: "));
    terminal.types(typed + '\n');
    QVERIFY(terminal.reads("Again: "));
    terminal.types("another\n");
    QVERIFY(terminal.reads("the two passwords differ"));
    QCOMPARE(terminal.end(), int(Refused));
    QVERIFY(terminal.echoes());
}

void TestTerminal::signal_leavesTheEchoOn_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<int>("signal");
    QTest::addColumn<bool>("second");
    QTest::addColumn<int>("end");
    const auto row = [](const char *name, const QByteArray &keys, int signal, bool second, int end) {
        QTest::newRow(name) << keys << signal << second << end;
    };
    row("Ctrl+C", "\x03", 0, false, -SIGINT);
    row("Ctrl+C at the second prompt", "\x03", 0, true, -SIGINT);
    row("Ctrl+C behind some letters", "corr\x03", 0, false, -SIGINT);
    row("Ctrl+\\", "\x1c", 0, false, -SIGQUIT);
    row("Ctrl+D", "\x04", 0, false, int(Refused));
    row("INT", {}, SIGINT, false, -SIGINT);
    row("TERM", {}, SIGTERM, false, -SIGTERM);
    row("TERM at the second prompt", {}, SIGTERM, true, -SIGTERM);
    row("HUP", {}, SIGHUP, false, -SIGHUP);
    row("QUIT", {}, SIGQUIT, false, -SIGQUIT);
    row("ALRM", {}, SIGALRM, false, -SIGALRM);
}

void TestTerminal::signal_leavesTheEchoOn()
{
    QFETCH(const QByteArray, keys);
    QFETCH(const int, signal);
    QFETCH(const bool, second);
    QFETCH(const int, end);
    OnTerminal terminal(command());
    QVERIFY(terminal.reads("Password: "));
    if (second) {
        terminal.types(typed + '\n');
        QVERIFY(terminal.reads("Again: "));
    }
    QVERIFY(!terminal.echoes());
    if (signal)
        terminal.signal(signal);
    terminal.types(keys);
    QCOMPARE(terminal.end(), end);
    QVERIFY(terminal.echoes());
    QVERIFY(!QFile::exists(m_folder->filePath(u"data"_s)));
}

void TestTerminal::stop_leavesTheEchoOn_andAsksAgain()
{
    // A shell with job control, as people have: it goes on when the program stops.
    OnTerminal terminal(QByteArrayList {"/bin/sh", "-c", "set -m; \"$0\" \"$@\"; echo stopped; read x; fg; echo ended $?"} + command());
    QVERIFY(terminal.reads("Password: "));
    terminal.types("half of\x1a");
    QVERIFY(terminal.reads("stopped"));
    QVERIFY(terminal.echoes());
    terminal.types("\n");
    QVERIFY(terminal.reads("Password: "));
    QVERIFY(!terminal.echoes());
    terminal.types(typed + '\n');
    QVERIFY(terminal.reads("Again: "));
    terminal.types(typed + '\n');
    QVERIFY2(terminal.reads("ended 0"), terminal.all());
    QVERIFY(terminal.echoes());
    QVERIFY(!terminal.all().contains(typed));
}

void TestTerminal::encryptedKey_asksForItsPassphrase()
{
    const QString data = m_folder->filePath(u"data"_s);
    WarderProcess warder(data);
    QCOMPARE(warder.command({u"user"_s, u"add"_s, u"ann@example.com"_s, u"--password-stdin"_s}, typed + '\n').code, Done);
    const QString pem = m_folder->filePath(u"key.pem"_s);
    QCOMPARE(
        QProcess::execute(u"openssl"_s, {u"genpkey"_s, u"-quiet"_s, u"-algorithm"_s, u"EC"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s,
                                         u"-aes256"_s, u"-pass"_s, u"pass:open sesame"_s, u"-out"_s, pem}),
        0);
    const QByteArrayList words {WarderProcess::program().toUtf8(), "key", "import", pem.toUtf8(), "--data-dir", data.toUtf8()};
    OnTerminal wrong(words);
    QVERIFY(wrong.reads("Passphrase of the key: "));
    QVERIFY(!wrong.echoes());
    wrong.types("close sesame\n");
    QVERIFY(wrong.reads("the passphrase is not that of the key"));
    QCOMPARE(wrong.end(), int(Refused));
    OnTerminal right(words);
    QVERIFY(right.reads("Passphrase of the key: "));
    right.types("open sesame\n");
    QVERIFY(right.reads("It stands by"));
    QCOMPARE(right.end(), int(Done));
    QVERIFY(!right.all().contains("sesame"));
}

QTEST_GUILESS_MAIN(TestTerminal)
#include "TestTerminal.moc"
