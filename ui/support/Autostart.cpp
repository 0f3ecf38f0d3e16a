#include "ui/support/Autostart.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace warder::autostart {
namespace {

Result<void> failed(const QFileDevice &file)
{
    return refused(ErrorCode::StorageFailure, u"%1: %2"_s.arg(file.fileName(), file.errorString()));
}

/// As every value of a desktop entry is written.
QString asValue(QString text)
{
    return text.replace(u'\\', u"\\\\"_s).replace(u'\n', u"\\n"_s).replace(u'\t', u"\\t"_s).replace(u'\r', u"\\r"_s);
}

} // namespace

QString path()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/autostart/org.warder.Warder.desktop"_s;
}

bool isOn()
{
    QFile file(path());
    if (!file.open(QIODevice::ReadOnly))
        return false;
    QList<QByteArray> lines = file.read(64 * 1024).split('\n');
    for (QByteArray &line : lines)
        line = line.replace(' ', QByteArray()).trimmed();
    return !lines.contains("Hidden=true") && !lines.contains("X-GNOME-Autostart-enabled=false");
}

Result<void> turnOn(const QStringList &command)
{
    const QString entry = u"[Desktop Entry]\nType=Application\nVersion=1.5\nName=Warder\nIcon=org.warder.Warder\nTerminal=false\n"
                          "StartupNotify=false\nExec=%1\nTryExec=%2\n"_s.arg(execLine(command), asValue(command.value(0)));
    QDir().mkpath(QFileInfo(path()).path());
    QSaveFile file(path());
    const QByteArray bytes = entry.toUtf8();
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit() ? Result<void>() : failed(file);
}

Result<void> turnOff()
{
    QFile file(path());
    return !QFileInfo(path()).isSymbolicLink() && !file.exists() ? Result<void>() : file.remove() ? Result<void>() : failed(file);
}

QString execLine(const QStringList &command)
{
    QStringList words;
    for (QString word : command) {
        for (const QChar special : u"\\\"`$"_s) // the backslash first
            word.replace(special, u'\\' + QString(special));
        words += u'"' + word.replace(u'%', u"%%"_s) + u'"';
    }
    return asValue(words.join(u' '));
}

} // namespace warder::autostart
