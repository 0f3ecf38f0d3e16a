#include "tests/ui/support/Seen.h"

#include "tests/ui/support/Settle.h"
#include "tests/ui/support/TabStops.h"
#include "ui/support/Tone.h"
#include "ui/widgets/StateDot.h"

#include <QAbstractButton>
#include <QHash>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPixmap>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QImage pictureOf(QWidget &window, const QRect &place) { return window.grab(place).toImage(); }

QRect placeIn(const QWidget &window, const QWidget &each) { return {each.mapTo(&window, QPoint()), each.size()}; }

bool looksTheSameWithFocus(QWidget &window, QWidget &each)
{
    constexpr int around = 4;
    each.setFocus(Qt::TabFocusReason); // what scrolls into view with it does so now
    settle();
    each.clearFocus();
    settle();
    const QRect place = placeIn(window, each).adjusted(-around, -around, around, around) & window.rect();
    const QImage without = pictureOf(window, place);
    each.setFocus(Qt::TabFocusReason);
    settle();
    return pictureOf(window, place) == without;
}

/// As it comes out on a ground that it lets through.
QColor opaque(const QColor &colour, const QColor &ground) { return mixed(colour, ground, colour.alphaF()); }

/// Nothing for what has no text, or paints it by itself; hints let the ground through.
std::optional<QColor> textColourOf(const QWidget &each)
{
    const QPalette colours = each.palette();
    if (const auto *label = qobject_cast<const QLabel *>(&each))
        return label->text().isEmpty() ? std::nullopt : std::optional(colours.color(label->foregroundRole()));
    const auto typedInto = [&colours](bool isEmpty, const QString &placeholder) {
        if (isEmpty && placeholder.isEmpty())
            return std::optional<QColor>();
        return std::optional(colours.color(isEmpty ? QPalette::PlaceholderText : QPalette::Text));
    };
    if (const auto *field = qobject_cast<const QLineEdit *>(&each))
        return typedInto(field->text().isEmpty(), field->placeholderText());
    if (const auto *field = qobject_cast<const QPlainTextEdit *>(&each))
        return typedInto(field->toPlainText().isEmpty(), field->placeholderText());
    const auto *button = qobject_cast<const QAbstractButton *>(&each);
    return button && !button->text().isEmpty() ? std::optional(colours.color(button->foregroundRole())) : std::nullopt;
}

bool isMark(const QWidget &each)
{
    const auto *label = qobject_cast<const QLabel *>(&each);
    return qobject_cast<const StateDot *>(&each) || (label && !label->pixmap().isNull());
}

/// Where its words stand: the frame of a button, and the ring in it, have a colour of their own.
QRect placeOfWords(const QWidget &each, const QRect &place)
{
    constexpr int frame = 4;
    return qobject_cast<const QPushButton *>(&each) ? place.adjusted(frame, frame, -frame, -frame) : place;
}

} // namespace

QColor groundIn(const QImage &image, const QRect &place, const std::optional<QColor> &without)
{
    QHash<QRgb, int> counts;
    QRgb most = 0;
    int mostCount = 0;
    const QRect within = place & image.rect();
    for (int y = within.top(); y <= within.bottom(); ++y) {
        for (int x = within.left(), begin = x; x <= within.right(); begin = x) {
            const QRgb each = image.pixel(begin, y);
            while (x <= within.right() && image.pixel(x, y) == each)
                ++x;
            const int count = without && each == without->rgb() ? 0 : counts[each] += x - begin;
            if (count > mostCount) {
                mostCount = count;
                most = each;
            }
        }
    }
    return QColor(most);
}

double inkIn(const QImage &image, const QRect &place)
{
    const QColor ground = groundIn(image, place);
    const QRect within = place & image.rect();
    double most = 1;
    for (int y = within.top(); y <= within.bottom(); ++y) {
        for (int x = within.left(); x <= within.right(); ++x)
            most = qMax(most, contrastOf(QColor(image.pixel(x, y)), ground));
    }
    return most;
}

QStringList unseenFocusIn(QWidget &window)
{
    window.setAttribute(Qt::WA_KeyboardFocusChange); // as Tab does
    QStringList unseen;
    for (QWidget *each : tabStopsIn(window)) {
        if (each->isVisible() && each->isEnabled() && looksTheSameWithFocus(window, *each))
            unseen += u"the focus is not seen: "_s + describe(*each);
    }
    return unseen;
}

QStringList unreadableIn(QWidget &window)
{
    const QImage picture = pictureOf(window, window.rect());
    QStringList faults;
    for (const QWidget *each : window.findChildren<QWidget *>()) {
        const QRect place = each->visibleRegion().boundingRect().translated(each->mapTo(each->window(), QPoint()));
        if (each->window() != &window || !each->isVisible() || !each->isEnabled() || place.isEmpty())
            continue;
        if (const auto colour = textColourOf(*each)) {
            const bool isButton = qobject_cast<const QAbstractButton *>(each); // on a gradient, which has few pixels of each colour
            const QColor ground = groundIn(picture, placeOfWords(*each, place), isButton ? colour : std::nullopt);
            const QColor shown = opaque(*colour, ground);
            if (contrastOf(shown, ground) < leastForText)
                faults += u"text at %1:1 (%2 on %3): %4"_s.arg(contrastOf(shown, ground), 0, 'f', 2)
                              .arg(shown.name(), ground.name(), describe(*each));
        }
        if (isMark(*each) && inkIn(picture, place) < leastForMarks)
            faults += u"a mark at %1:1: %2"_s.arg(inkIn(picture, place), 0, 'f', 2).arg(describe(*each));
    }
    return faults;
}

} // namespace warder::test
