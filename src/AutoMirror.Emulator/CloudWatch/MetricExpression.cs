using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// Metric math ("Using math expressions with CloudWatch metrics"): arithmetic, comparisons, AND and OR, and the functions that
/// <see cref="MetricFunctions"/> has.
/// </summary>
internal sealed partial class MetricExpression
{
    private readonly Func<string, MetricValue> _resolve;
    private readonly IReadOnlyList<DateTimeOffset> _times;
    private readonly List<string> _tokens;
    private int _at;

    private MetricExpression(string text, IReadOnlyList<DateTimeOffset> times, Func<string, MetricValue> resolve)
    {
        (_times, _resolve) = (times, resolve);
        _tokens = [.. Token().Matches(text).Select(match => match.Value)];
        if (string.Concat(_tokens).Length < text.Count(character => !char.IsWhiteSpace(character)))
            throw Invalid(text);
    }

    /// <summary>The value of an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="times">The periods that the request is about, for functions that fill gaps.</param>
    /// <param name="resolve">Gives the value of another query by its id.</param>
    public static MetricValue Evaluate(string text, IReadOnlyList<DateTimeOffset> times, Func<string, MetricValue> resolve)
    {
        var expression = new MetricExpression(text, times, resolve);
        var value = expression.ReadOr();
        return expression._at == expression._tokens.Count ? value : throw Invalid(text);
    }

    private MetricValue ReadOr() => ReadLeftToRight(ReadAnd, ("OR", Or), ("||", Or));

    private MetricValue ReadAnd() => ReadLeftToRight(ReadComparison, ("AND", And), ("&&", And));

    private MetricValue ReadComparison() => ReadLeftToRight(
        ReadSum, ("==", (left, right) => AsNumber(left == right)), ("!=", (left, right) => AsNumber(left != right)),
        ("<=", (left, right) => AsNumber(left <= right)), (">=", (left, right) => AsNumber(left >= right)),
        ("<", (left, right) => AsNumber(left < right)), (">", (left, right) => AsNumber(left > right)));

    private MetricValue ReadSum() => ReadLeftToRight(
        ReadProduct, ("+", (left, right) => left + right), ("-", (left, right) => left - right));

    private MetricValue ReadProduct() => ReadLeftToRight(
        ReadPower, ("*", (left, right) => left * right), ("/", (left, right) => left / right));

    private MetricValue ReadPower() => ReadLeftToRight(ReadUnary, ("^", Math.Pow));

    private MetricValue ReadUnary() => Take("-") ? ReadUnary().Select(value => -value) : ReadOperand();

    private MetricValue ReadOperand()
    {
        if (Take("("))
        {
            var inner = ReadOr();
            return Take(")") ? inner : throw Invalid(")");
        }

        var token = _at < _tokens.Count ? _tokens[_at++] : throw Invalid("");
        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return new MetricValue.Scalar(number);
        if (!Take("("))
            return char.IsAsciiLetterLower(token[0]) ? _resolve(token) : throw Invalid(token);
        List<MetricValue> arguments = [];
        while (!Take(")"))
        {
            // Fill's second argument may be the word REPEAT instead of a value.
            arguments.Add(Take("REPEAT") ? MetricFunctions.Repeat : ReadOr());
            if (!Take(",") && (_at >= _tokens.Count || _tokens[_at] != ")"))
                throw Invalid(token);
        }

        return MetricFunctions.Call(token, arguments, _times);
    }

    private MetricValue ReadLeftToRight(Func<MetricValue> read, params (string Sign, Func<double, double, double> Combine)[] operators)
    {
        var left = read();
        while (operators.FirstOrDefault(each => Take(each.Sign)) is { Sign: not null } found)
            left = MetricValue.Combine(left, read(), found.Combine);
        return left;
    }

    private bool Take(string token)
    {
        if (_at >= _tokens.Count || _tokens[_at] != token)
            return false;
        _at++;
        return true;
    }

    private static double And(double left, double right) => AsNumber(left != 0 && right != 0);

    private static double Or(double left, double right) => AsNumber(left != 0 || right != 0);

    private static double AsNumber(bool holds) => holds ? 1 : 0;

    private static AwsException Invalid(string text) => CloudWatchErrors.Invalid($"Error in expression: '{text}' is not valid.");

    [GeneratedRegex(@"[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?|[A-Za-z][A-Za-z0-9_]*|==|!=|<=|>=|&&|\|\||[-+*/^()<>,]")]
    private static partial Regex Token();
}
