#include "ui/widgets/ListMark.h"

#include "core/console/Cursors.h"
#include "ui/support/Times.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace warder {

QList<ListMark> ListMarks::byLetter()
{
    QList<ListMark> marks {ListMark {.label = u"#"_s,
                                     .name = /*: A place in a list of e-mail addresses, for tips and screen readers. */
                                     tr("Addresses that begin with a digit or a sign"),
                                     .place = {}}};
    for (char16_t letter = u'a'; letter <= u'z'; ++letter) {
        const QString upper = QString(QChar(letter)).toUpper();
        //: A place in a list of e-mail addresses, for tips and screen readers; %1 is a letter.
        marks += ListMark {.label = upper, .name = tr("Addresses that begin with %1").arg(upper), .place = QString(QChar(letter))};
    }
    return marks;
}

QList<ListMark> ListMarks::byAge(TimePoint now)
{
    using std::chrono::days;
    using std::chrono::hours;
    QList<ListMark> marks {ListMark {.label = /*: A place in a list, short: its newest rows. */ tr("Now"),
                                     .name = /*: A place in a list, for tips and screen readers. */ tr("The newest"),
                                     .place = {}}};
    const auto add = [&](const QString &label, Seconds age) {
        //: A place in a list with the newest rows first, for tips and screen readers; %1 is a time such as "6 h".
        marks += ListMark {.label = label, .name = tr("Older than %1").arg(Times::lasting(age)), .place = cursorAt(now - age)};
    };
    const QLocale locale;
    for (const int number : {1, 6})
        //: A place in a list, short: what is older than so many hours.
        add(tr("%1 h").arg(locale.toString(number)), hours {number});
    for (const int number : {1, 3, 7, 30, 90})
        //: A place in a list, short: what is older than so many days.
        add(tr("%1 d").arg(locale.toString(number)), days {number});
    //: A place in a list, short: what is older than a year.
    add(tr("1 y"), days {365});
    //: A place in a list, short: its last rows.
    marks += ListMark {.label = tr("End"),
                       .name = /*: A place in a list, for tips and screen readers. */ tr("The oldest"),
                       .place = cursorAt(fromMilliseconds(1))};
    return marks;
}

} // namespace warder
