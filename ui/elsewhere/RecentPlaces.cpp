#include "ui/elsewhere/RecentPlaces.h"

#include "core/base/RemotePlace.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace warder {

static const QString placesKey = u"elsewhere/places"_s;

QStringList RecentPlaces::all() const
{
    if (m_file.isEmpty())
        return {};
    QStringList places = QSettings(m_file, QSettings::IniFormat).value(placesKey).toStringList();
    places.removeIf([](const QString &each) { return !RemotePlace::parse(each); });
    return places.first(qMin(most, places.size()));
}

void RecentPlaces::remember(const QString &place) const
{
    if (m_file.isEmpty())
        return;
    QStringList places = all();
    places.removeAll(place);
    places.prepend(place);
    QSettings(m_file, QSettings::IniFormat).setValue(placesKey, places.first(qMin(most, places.size())));
}

} // namespace warder
