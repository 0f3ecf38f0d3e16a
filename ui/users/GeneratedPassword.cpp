#include "ui/users/GeneratedPassword.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace warder {

QString generatedPassword()
{
    static const QString characters = u"abcdefghjkmnpqrstuvwxyz23456789"_s;
    constexpr int groups = 4;
    constexpr int inGroup = 5;
    QString password;
    for (int i = 0; i < groups * inGroup; ++i) {
        if (i > 0 && i % inGroup == 0)
            password += u'-';
        password += characters[QRandomGenerator::system()->bounded(int(characters.size()))];
    }
    return password;
}

void copyPassword(const QString &password)
{
    auto *data = new QMimeData;
    data->setText(password);
    data->setData(u"x-kde-passwordManagerHint"_s, "secret"_ba);
    QGuiApplication::clipboard()->setMimeData(data);
}

} // namespace warder
