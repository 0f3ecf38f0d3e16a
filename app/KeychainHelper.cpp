#include "app/KeychainHelper.h"

#include "core/crypto/MasterKey.h"
#include "core/sealing/KeychainProcess.h"

#include <QCoreApplication>
#include <QFile>
#include <QScopeGuard>

#include <qt6keychain/keychain.h>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

int outcomeOf(const QKeychain::Job &job)
{
    if (job.error() == QKeychain::NoError)
        return KeychainProcess::Succeeded;
    const QByteArray why = job.errorString().toUtf8();
    std::fputs(why.isEmpty() ? "it gave no reason" : why.constData(), stderr);
    switch (job.error()) {
    case QKeychain::EntryNotFound:      return KeychainProcess::NotFound;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser: return KeychainProcess::Denied;
    default:                            return KeychainProcess::Failed; // NOLINT: the library has more of these each year
    }
}

/// How long that takes is the parent's business, who kills us.
int outcomeOf(QKeychain::Job &job, const QString &check)
{
    job.setAutoDelete(false);
    job.setKey(u"master-key-"_s + check);
    QObject::connect(&job, &QKeychain::Job::finished, qApp, [] { QCoreApplication::quit(); });
    job.start();
    QCoreApplication::exec();
    return outcomeOf(job);
}

int read(const QString &service, const QString &check)
{
    QKeychain::ReadPasswordJob job(service);
    const int outcome = outcomeOf(job, check);
    if (outcome != KeychainProcess::Succeeded)
        return outcome;
    QByteArray text = masterKeyText(SecretBytes(job.binaryData()));
    const auto leaving = qScopeGuard([&text] { wipe(text); });
    QFile out;
    return out.open(stdout, QIODevice::WriteOnly | QIODevice::Unbuffered) && out.write(text) == text.size() ? KeychainProcess::Succeeded
                                                                                                            : KeychainProcess::Failed;
}

int write(const QString &service, const QString &check)
{
    QFile in;
    QByteArray text = in.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered) ? in.read(128) : QByteArray();
    const auto key = masterKeyFromText(text);
    wipe(text);
    if (!key)
        return KeychainProcess::Failed;
    QKeychain::WritePasswordJob job(service);
    job.setBinaryData(key->view().toByteArray());
    return outcomeOf(job, check);
}

} // namespace

bool isKeychainHelper(int argc, char **argv) { return argc == 4 && KeychainProcess::command == QLatin1StringView(argv[1]); }

int runKeychainHelper(int argc, char **argv)
{
    qunsetenv("QT_NO_GLIB"); // QtKeychain's jobs finish in GLib's loop, and in no other
    const QCoreApplication application(argc, argv);
    const QString service = u"warder"_s;
    const QString order = QString::fromLocal8Bit(argv[2]);
    const QString check = QString::fromLocal8Bit(argv[3]);
    if (order == "read"_L1)
        return read(service, check);
    if (order == "write"_L1)
        return write(service, check);
    QKeychain::DeletePasswordJob job(service);
    return order == "remove"_L1 ? outcomeOf(job, check) : int(KeychainProcess::Failed);
}

} // namespace warder
