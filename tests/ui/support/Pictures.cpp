#include "tests/ui/support/Pictures.h"

#include "tests/ui/support/WindowTexts.h"
#include "ui/widgets/ButtonFocus.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPixmap>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QStringList overlappingIn(const QWidget &widget)
{
    QList<QWidget *> parts;
    for (QWidget *each : widget.findChildren<QWidget *>()) {
        if (each->isVisible() && (qobject_cast<QLabel *>(each) || qobject_cast<QAbstractButton *>(each) || qobject_cast<QLineEdit *>(each)))
            parts += each;
    }
    QStringList overlapping;
    for (const QWidget *one : std::as_const(parts)) {
        for (const QWidget *other : std::as_const(parts)) {
            if (one < other && one->parent() == other->parent() && !qobject_cast<QLineEdit *>(one->parent())
                && one->geometry().intersects(other->geometry()))
                overlapping += u"%1 %2 overlaps %3"_s.arg(QString::fromLatin1(one->metaObject()->className()), one->accessibleName(),
                                                          QString::fromLatin1(other->metaObject()->className()));
        }
    }
    return overlapping;
}

} // namespace

QString LongTexts::translate(const char *, const char *source, const char *, int) const
{
    const QString text = QString::fromUtf8(source).replace(u"(s)"_s, u"s"_s); // a plural, which people never see so
    return text.size() < 3 ? text : text + QString(u"ßungskeitsverwaltungsübersichten"_s).left(text.size() < 20 ? text.size() * 2 / 3 : 12);
}

QPalette palette(bool dark)
{
    if (!dark)
        return QPalette(QColor(0xf3f4f6));
    QPalette colours(QColor(0x26282c), QColor(0x202226));
    colours.setColor(QPalette::WindowText, QColor(0xe8e8ea));
    colours.setColor(QPalette::Text, QColor(0xe8e8ea));
    colours.setColor(QPalette::ButtonText, QColor(0xe8e8ea));
    colours.setColor(QPalette::Base, QColor(0x1b1c1f));
    colours.setColor(QPalette::Highlight, QColor(0x2f6fde));
    colours.setColor(QPalette::HighlightedText, Qt::white);
    colours.setColor(QPalette::PlaceholderText, QColor(0x9a9ca1));
    return colours;
}

QPalette highContrast()
{
    QPalette colours(Qt::black, Qt::black);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText, QPalette::ToolTipText})
        colours.setColor(role, Qt::white);
    colours.setColor(QPalette::Base, Qt::black);
    colours.setColor(QPalette::Highlight, QColor(0xffff00));
    colours.setColor(QPalette::HighlightedText, Qt::black);
    return colours;
}

void dress(const QApplication &)
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QApplication::setStyle(QString(usualStyle));
    QFont font(u"DejaVu Sans"_s);
    font.setPointSizeF(9.5);
    QApplication::setFont(font);
    QApplication::setPalette(palette(false));
    QApplication::setQuitOnLastWindowClosed(false);
    static const bool isTaught = [] {
        showFocusOfDefaultButtons();
        return true;
    }();
    Q_UNUSED(isTaught)
}

bool savePicture(QWidget &widget, const QString &name, double scale)
{
    const double ratio = widget.devicePixelRatioF();
    QPixmap picture(widget.size() * scale * ratio);
    picture.setDevicePixelRatio(scale * ratio);
    picture.fill(Qt::transparent);
    widget.render(&picture);
    QDir().mkpath(u"screenshots"_s);
    const QString ofScreen = ratio > 1 ? u"-on-%1x"_s.arg(ratio) : QString();
    return picture.save(u"screenshots/%1%2.png"_s.arg(name, ofScreen));
}

QStringList clippedIn(const QWidget &widget)
{
    QStringList clipped;
    for (const QWidget *each : cutIn(widget)) {
        if (!qobject_cast<const QHeaderView *>(each)) // in a small window columns are narrow, and their tips say the rest
            clipped += u"%1 “%2” has %3×%4"_s.arg(QString::fromLatin1(each->metaObject()->className()), textsIn(*each).join(u' '))
                           .arg(each->width())
                           .arg(each->height());
    }
    return clipped + overlappingIn(widget);
}

QStringList squeezedIn(const QWidget &widget)
{
    QStringList squeezed;
    for (const QWidget *each : widget.findChildren<QWidget *>()) {
        const bool isPart = qobject_cast<const QAbstractSpinBox *>(each->parent()) || qobject_cast<const QComboBox *>(each->parent())
                            || qobject_cast<const QLineEdit *>(each->parent());
        const bool isField = qobject_cast<const QLineEdit *>(each) || qobject_cast<const QAbstractSpinBox *>(each)
                             || qobject_cast<const QComboBox *>(each) || qobject_cast<const QAbstractButton *>(each);
        if (isField && !isPart && each->isVisible() && each->height() < each->sizeHint().height())
            squeezed += u"%1 %2 is %3 pixels tall, not %4"_s.arg(QString::fromLatin1(each->metaObject()->className()), each->objectName())
                            .arg(each->height())
                            .arg(each->sizeHint().height());
    }
    return squeezed;
}

} // namespace warder::test
