#pragma once

#include <QLatin1StringView>
#include <QPalette>
#include <QStringList>
#include <QTranslator>

class QApplication;
class QWidget;

namespace warder::test {

/// Every text half as long again, as German makes it.
class LongTexts final : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *disambiguation, int n) const override;
};

QPalette palette(bool dark);
/// As desktops have it for people who see badly.
QPalette highContrast();

/// Of all pictures where nothing else is said; one of Qt's own.
inline constexpr QLatin1StringView usualStyle {"Fusion"};

/// The same look on each machine: style, font, colours, times, numbers.
void dress(const QApplication &application);

/// Renders what people will see into the folder `screenshots`, for people to look at, with `scale` times the pixels that its screen has.
/// False if it could not be written.
bool savePicture(QWidget &widget, const QString &name, double scale = 1);
/// What does not fit its place, or lies on its neighbour; a line each.
QStringList clippedIn(const QWidget &widget);
/// Fields and buttons that are less tall than they like to be; a line each.
QStringList squeezedIn(const QWidget &widget);

} // namespace warder::test
