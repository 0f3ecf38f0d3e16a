#include "app/cli/Commands.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

#include <filesystem>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto package = "warder-nextjs.tgz"_L1; ///< In the starter.

std::unexpected<Error> cannot(const QString &path, const QString &why)
{
    return refused(ErrorCode::InvalidInput, u"%1: %2"_s.arg(path, why));
}

std::unexpected<Error> notInstalled(const QString &path, const QString &what)
{
    return cannot(
        path,
        u"this installation has no %1: Debian's warder-starter brings it, in Warder's sources packaging/starter makes it"_s.arg(what));
}

/// What the starter's repository leaves out, too: where it stands among our sources, packages and secrets may lie in it.
QStringList leftOut(const QString &starter)
{
    QFile file(starter + "/.gitignore"_L1);
    const QByteArray lines = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    return QString::fromUtf8(lines).remove(u'/').split(u'\n', Qt::SkipEmptyParts);
}

Result<void> copyFile(const QString &from, const QString &to)
{
    QFile file(from);
    return file.copy(to) ? Result<void>() : cannot(u"%1 to %2"_s.arg(from, to), file.errorString());
}

/// With the permissions of the installation: an app is no secret, and our own files are.
Result<void> copyInto(const QString &to, const QString &from, const QStringList &without)
{
    if (!QFile::setPermissions(to, QFileInfo(from).permissions() | QFile::WriteOwner))
        return cannot(to, u"cannot be written"_s);
    for (const QFileInfo &each : QDir(from).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
        const QString target = to + u'/' + each.fileName();
        if (QDir::match(without, each.fileName()))
            continue;
        if (each.isDir() && !QDir().mkdir(target))
            return cannot(target, u"cannot be made"_s);
        if (const auto done = each.isDir() ? copyInto(target, each.filePath(), without) : copyFile(each.filePath(), target); !done)
            return done;
    }
    return {};
}

/// Beside its place, which it then takes in one step: nobody sees half of it.
Result<void> copyWhole(const QString &from, const QString &folder)
{
    if (QFileInfo::exists(folder)
        && (!QFileInfo(folder).isDir() || !QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)))
        return cannot(folder, u"is there already, and no empty folder"_s);
    (void)QDir().mkpath(QFileInfo(folder).path()); // without it there is no place beside
    QTemporaryDir aside(folder + ".XXXXXX"_L1);
    if (!aside.isValid())
        return cannot(folder, aside.errorString());
    if (const auto done = copyInto(aside.path(), from, leftOut(from)); !done)
        return done;
    std::error_code error;
    std::filesystem::rename(aside.path().toStdU16String(), folder.toStdU16String(), error);
    if (error)
        return cannot(folder, QString::fromStdString(error.message()));
    aside.setAutoRemove(false);
    return {};
}

} // namespace

int starter(const QString &shared, const QString &place)
{
    const QString from = shared + "/starter"_L1;
    const QString to = QDir(place).absolutePath();
    if (!QFileInfo::exists(from + u'/' + package))
        return fail(notInstalled(from, u"starter with its package"_s).error());
    if (const auto done = copyWhole(from, to); !done)
        return fail(done.error());
    printLine(u"The starter is in %1. Next:\n  cd %2\n  cp .env.example .env.local   # where Warder is\n  npm ci\n  npm run dev"_s.arg(
        to, forShell(to)));
    return Done;
}

int nextjsPackage(const QString &shared, const QString &place)
{
    const QString name = u"warder-nextjs-%1.tgz"_s.arg(QCoreApplication::applicationVersion());
    const QString from = shared + u'/' + name;
    const QString to = QDir(place).absolutePath();
    if (!QFileInfo::exists(from))
        return fail(notInstalled(from, u"such package"_s).error());
    if (!QFileInfo(to).isDir())
        return fail(cannot(to, u"is no folder: name that of the app"_s).error());
    if (const auto done = copyFile(from, to + u'/' + name); !done)
        return fail(done.error());
    printLine(u"The package is %1/%2. Next:\n  cd %3\n  npm install ./%2\nand commit that file, which package.json then names."_s.arg(
        to, name, forShell(to)));
    return Done;
}

} // namespace warder
