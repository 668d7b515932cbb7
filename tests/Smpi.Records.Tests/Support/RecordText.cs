using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Smpi.Records.Tests;

/// <summary>Records as text that is equal exactly where the records are: members by name, items in order, keys sorted, every digit and offset.</summary>
internal sealed class RecordText(Likeness likeness)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Of(object? value, Type type, Likeness likeness)
    {
        var text = new StringBuilder();
        new RecordText(likeness).Append(text, value, type);
        return text.ToString();
    }

    private void Append(StringBuilder text, object? value, Type type)
    {
        if (value is null)
        {
            text.Append(likeness.NullIsEmpty && IsCollection(type) ? "[]" : "null");
            return;
        }

        switch (value)
        {
            case string or char: text.Append(Invariant, $"\"{value}\""); break;
            case double or float or decimal: text.Append(((IFormattable)value).ToString(null, Invariant)); break;
            case Enum: text.Append(Invariant, $"{value:D}"); break;
            case DateTime time: text.Append(Of(time)); break;
            case DateTimeOffset moment: text.Append(Invariant, $"{moment:O}"); break;
            case TimeSpan span: text.Append(Invariant, $"{span.Ticks} ticks"); break;
            case DateOnly or TimeOnly: text.Append(Invariant, $"{value:O}"); break;
            case Uri uri: text.Append(uri.OriginalString); break;
            case byte[] octets: Octets(text, octets); break;
            case ReadOnlyMemory<byte> memory: Octets(text, memory.Span); break;
            case Guid or bool or IConvertible: text.Append(Invariant, $"{value}"); break;
            case IDictionary dictionary: Pairs(text, dictionary); break;
            case IEnumerable items: Items(text, items); break;
            default: Members(text, value); break;
        }
    }

    private static bool IsCollection(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) && type != typeof(Uri) && type != typeof(byte[]);

    private static void Octets(StringBuilder text, ReadOnlySpan<byte> octets) => text.Append('<').Append(Convert.ToHexString(octets)).Append('>');

    private string Of(DateTime time)
    {
        if (!likeness.TimesAreUtc) return time.ToString("O", Invariant);
        DateTime utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;
        return $"{utc.Ticks} ticks UTC";
    }

    private void Pairs(StringBuilder text, IDictionary dictionary)
    {
        Type[] of = dictionary.GetType().GetGenericArguments();
        List<string> pairs = [];
        foreach (DictionaryEntry pair in dictionary)
        {
            var one = new StringBuilder();
            Append(one, pair.Key, of[0]);
            one.Append(" = ");
            Append(one, pair.Value, of[1]);
            pairs.Add(one.ToString());
        }

        pairs.Sort(StringComparer.Ordinal);
        text.Append('[').AppendJoin(", ", pairs).Append(']');
    }

    private void Items(StringBuilder text, IEnumerable items)
    {
        Type type = items.GetType();
        Type item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
        List<string> all = [];
        foreach (object? value in items)
        {
            var one = new StringBuilder();
            Append(one, value, item);
            all.Add(one.ToString());
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(HashSet<>)) all.Sort(StringComparer.Ordinal);
        text.Append('[').AppendJoin(", ", all).Append(']');
    }

    private void Members(StringBuilder text, object value)
    {
        text.Append(value.GetType().Name).Append(" {");
        string separator = " ";
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            text.Append(separator).Append(property.Name).Append(" = ");
            Append(text, property.GetValue(value), property.PropertyType);
            separator = ", ";
        }

        text.Append(" }");
    }
}
