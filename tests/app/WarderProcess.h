#pragma once

#include "tests/support/ApiClient.h"

#include <QJsonDocument>
#include <QProcess>

class QTcpServer;

namespace warder::test {

/// For what another process does: it takes as long as the machine is busy.
inline constexpr int patienceMs = 60'000;

inline const QString ann = QStringLiteral("ann@example.com");
inline const QString annsPassword = QStringLiteral("correct horse battery");

/// What a finished `warderd` left behind.
struct ProgramAnswer
{
    int code = -1; ///< -1: a signal ended it, or it never ended.
    QByteArray out = {};
    QByteArray err = {};

    QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
    QJsonValue operator[](QLatin1StringView name) const { return object().value(name); }
    QJsonArray array() const { return QJsonDocument::fromJson(out).array(); }
    /// For comparing refusals: everything on stderr, without its last line end.
    QString complaint() const { return QString::fromUtf8(err).trimmed(); }
};

/// Settings that make a child quick to test: cheap real hashes, no rate limits.
QStringList quickSettings();

/// The real `warderd`, or another program of ours, as a child. One data directory; may be killed and started again. The test's
/// thread only, but for client(), which any thread may call. The child dies with the test.
class WarderProcess final
{
public:
    /// `environment`: "NAME=value", added.
    explicit WarderProcess(const QString &dataDirectory, const QStringList &environment = {},
                           const QString &program = WarderProcess::program());
    ~WarderProcess(); ///< kill -9.

    /// Where the program stands.
    static QString program();
    /// The same for a machine whose /var, /etc and /usr/share lie in the folder of the variable TEST_ROOT.
    static QString programElsewhere();
    /// The libraries of ours that both need; empty where they are one file each.
    static QStringList librariesOfPrograms();

    /// Begins with these arguments, and waits for nothing.
    void begin(const QStringList &arguments);

    /// `serve` on a port that the system chooses, until it says that it listens. False, with why in log(), if it ends first.
    bool start(const QStringList &arguments = quickSettings());

    /// Every start from now on inherits these listening sockets, in the manner of systemd.
    void passOn(const QList<int> &sockets);
    /// The same of this one, which listens on a port of its own from now on, and accepts nobody by itself. Every server has that port then.
    bool passOn(QTcpServer &listening);

    void kill();                   ///< kill -9, and waits until it is gone.
    void signal(int number) const; ///< SIGTERM and its kin; does not wait.
    /// Waits for its end; the exit code, or -1 when a signal ended it. (Empty: it has not ended in a minute.)
    std::optional<int> waitForEnd();

    /// SIGTERM, and waitForEnd().
    std::optional<int> stop();

    /// Writes the directory's configuration file anew; a server reads it at its start, or when told to.
    bool configure(const QByteArray &lines) const;

    /// From begin() on, though the system may take a while to start it.
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    qint64 processId() const { return m_process.processId(); }
    quint16 port() const { return m_port; }
    ApiClient client() const { return ApiClient(m_port); }
    /// What all starts on this directory printed, stdout and stderr.
    QByteArray log() const;

    /// A `warderd` of its own on the same data directory, until its end; `input` on its stdin.
    ProgramAnswer command(const QStringList &words, const QByteArray &input = {}) const;
    /// The same without a child, as runHere() does it.
    ProgramAnswer commandHere(const QStringList &words, const QByteArray &input = {}) const;
    /// For commands on the database alone, in place of start() and stop() (makeDataHere()).
    bool makeData() const;

private:
    QString m_dataDirectory;
    QString m_program;
    QList<int> m_passedOn;
    QByteArray m_greetings;
    QProcess m_process;
    quint16 m_port = 0;
};

/// What a run of `warderd` may differ in from an ordinary one.
struct ProgramOptions
{
    QByteArray input = {};
    QStringList environment = {}; ///< "NAME=value", added.
    bool asOrdinaryUser = false;  ///< Permissions of files and ports bind it, also when the test runs as root.
    uint user = 0;                ///< Another one to run as; only root can.
    QString program = WarderProcess::program();
};

/// Runs `warderd` until its end. The test's thread only.
ProgramAnswer runWarderd(const QStringList &arguments, const ProgramOptions &options = {});
/// Several at once, one a line of arguments.
QList<ProgramAnswer> runTogether(const QList<QStringList> &lines, const ProgramOptions &options = {});

} // namespace warder::test
