#pragma once

// What nearly every file of the window reads anyway, compiled once.
#include <QtCharts/QChartView>
#include <QtCore/QSettings>
#include <QtWidgets/QtWidgets>

#include <functional>
