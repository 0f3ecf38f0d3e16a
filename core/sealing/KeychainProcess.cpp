#include "core/sealing/KeychainProcess.h"

#include "core/crypto/MasterKey.h"

#include <QDeadlineTimer>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

std::unexpected<Error> failed(const QString &why) { return refused(ErrorCode::CryptoFailure, u"the keychain %1"_s.arg(why)); }

std::unexpected<Error> denied(int code, const QString &why)
{
    return code == KeychainProcess::Denied ? failed(u"is locked, or nobody let us in: %1"_s.arg(why))
                                           : failed(u"cannot be used: %1"_s.arg(why));
}

} // namespace

Result<KeychainProcess::Said> KeychainProcess::ask(const QString &order, const QByteArray &check, const SecretBytes &masterKey) const
{
    const QDeadlineTimer deadline(patience);
    QProcess helper;
    helper.start(m_program, {command, order, QString::fromLatin1(check.toHex())});
    if (!helper.waitForStarted(int(deadline.remainingTime())))
        return failed(u"cannot be asked: %1: %2"_s.arg(m_program, helper.errorString()));
    QByteArray text = masterKeyText(masterKey);
    helper.write(text);
    wipe(text);
    helper.closeWriteChannel();
    if (!helper.waitForFinished(int(deadline.remainingTime()))) {
        helper.kill();
        helper.waitForFinished(-1);
        return failed(u"did not answer within %1 seconds"_s.arg(patience / Seconds {1}));
    }
    if (helper.exitStatus() != QProcess::NormalExit)
        return failed(u"cannot be asked: the process that asks it crashed"_s);
    return Said {.code = helper.exitCode(),
                 .out = SecretBytes(helper.readAllStandardOutput()),
                 .why = QString::fromUtf8(helper.readAllStandardError()).trimmed().right(500)};
}

Result<std::optional<SecretBytes>> KeychainProcess::read(const QByteArray &check)
{
    const auto said = ask(u"read"_s, check);
    if (!said)
        return refused(said);
    if (said->code == NotFound)
        return std::nullopt;
    if (said->code != Succeeded)
        return denied(said->code, said->why);
    const auto key = masterKeyFromText(said->out.view());
    if (!key)
        return failed(u"holds something else under the name of the master key"_s);
    return key;
}

Result<void> KeychainProcess::write(const QByteArray &check, const SecretBytes &masterKey)
{
    const auto said = ask(u"write"_s, check, masterKey);
    if (!said)
        return refused(said);
    return said->code == Succeeded ? Result<void>() : denied(said->code, said->why);
}

Result<void> KeychainProcess::remove(const QByteArray &check)
{
    const auto said = ask(u"remove"_s, check);
    if (!said)
        return refused(said);
    return said->code == Succeeded || said->code == NotFound ? Result<void>() : denied(said->code, said->why);
}

} // namespace warder
