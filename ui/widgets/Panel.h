#pragma once

#include "ui/support/Tone.h"

#include <QFrame>

class QVBoxLayout;

namespace warder {

/// A rounded surface with an optional title that holds one part of a page.
class Panel : public QFrame
{
    Q_OBJECT
public:
    explicit Panel(const QString &title = {}, QWidget *parent = nullptr);

    /// Often empty.
    QString title() const { return m_title; }
    QVBoxLayout *body() const { return m_body; }
    /// At the right of the title.
    void addToTitle(QWidget *widget);
    /// Lets the content reach the edges, as a table wants.
    void setFlush();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_title;
    QWidget *m_titleRow;
    QVBoxLayout *m_body;
};

/// Paints what Panel and Card stand on.
void paintSurface(QWidget *widget, bool raised = false);

/// Paints what a message stands on: so much of its tone's colour in the surface and in the line around it.
void paintMessage(QWidget *widget, Tone tone, double inFill = 0.10, double inLine = 0.45);

} // namespace warder
