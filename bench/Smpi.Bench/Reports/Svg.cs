using System.Globalization;
using System.Text;

namespace Smpi.Bench;

/// <summary>Draws processor time for an operation against what grows, both in powers.</summary>
internal static class Svg
{
    private const int Width = 640;
    private const int Height = 400;
    private const int Left = 70;
    private const int Right = 160;
    private const int Top = 40;
    private const int Bottom = 50;

    private static readonly string[] Colors = ["#1f6fb4", "#d9601a", "#2f9e44", "#9c36b5", "#c92a2a"];

    public static string Make(string plot, IReadOnlyList<Result> results)
    {
        (double X, double Y, string Series)[] points = [.. results
            .Select(result => (result.Workload.Point!.X, Y: Math.Max(result.Median(round => round.Cpu), 0.01), result.Workload.Point.Series))
            .Where(point => double.IsFinite(point.Y))];
        double xLow = Math.Log10(points.Min(point => point.X));
        double xHigh = Math.Max(Math.Log10(points.Max(point => point.X)), xLow + 0.1);
        double yLow = Math.Floor(Math.Log10(points.Min(point => point.Y)));
        double yHigh = Math.Max(Math.Ceiling(Math.Log10(points.Max(point => point.Y))), yLow + 1);
        var text = new StringBuilder();
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        Add($"<text x=\"{Left}\" y=\"22\" font-size=\"15\">Processor time of both sides for an operation, against {plot}</text>");
        for (double power = yLow; power <= yHigh; power++)
        {
            Add($"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(power):0.#}\" y2=\"{Y(power):0.#}\" stroke=\"#ddd\"/>");
            Add($"<text x=\"{Left - 8}\" y=\"{Y(power) + 4:0.#}\" text-anchor=\"end\">{Math.Pow(10, power):0.##} us</text>");
        }

        foreach (double x in points.Select(point => point.X).Distinct())
        {
            Add($"<line x1=\"{X(Math.Log10(x)):0.#}\" x2=\"{X(Math.Log10(x)):0.#}\" y1=\"{Top}\" y2=\"{Height - Bottom}\" stroke=\"#eee\"/>");
            Add($"<text x=\"{X(Math.Log10(x)):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Short(x)}</text>");
        }

        Add($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">{plot}</text>");
        int color = 0;
        foreach (IGrouping<string, (double X, double Y, string Series)> series in points.GroupBy(point => point.Series))
        {
            string path = string.Join(' ', series.OrderBy(point => point.X).Select(point => Text($"{X(Math.Log10(point.X)):0.#},{Y(Math.Log10(point.Y)):0.#}")));
            string stroke = Colors[color % Colors.Length];
            Add($"<polyline points=\"{path}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"2\"/>");
            foreach ((double x, double y, _) in series) Add($"<circle cx=\"{X(Math.Log10(x)):0.#}\" cy=\"{Y(Math.Log10(y)):0.#}\" r=\"3\" fill=\"{stroke}\"/>");
            Add($"<text x=\"{Width - Right + 12}\" y=\"{Top + 14 + (18 * color)}\" fill=\"{stroke}\">{series.Key}</text>");
            color++;
        }

        Add($"</svg>");
        return text.ToString();

        double X(double power) => Left + ((power - xLow) / (xHigh - xLow) * (Width - Left - Right));
        double Y(double power) => Height - Bottom - ((power - yLow) / (yHigh - yLow) * (Height - Top - Bottom));
        void Add(FormattableString line) => text.Append(Text(line)).Append('\n');
    }

    private static string Short(double value) => value switch
    {
        >= 1 << 20 => Text($"{value / (1 << 20):0.#} Mi"),
        >= 1 << 10 => Text($"{value / (1 << 10):0.#} Ki"),
        _ => Text($"{value:0}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
