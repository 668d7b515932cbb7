using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using Google.Protobuf.Reflection;

namespace Smpi;

/// <summary>Writes the messages of types, each once.</summary>
[RequiresUnreferencedCode(ReflectedShapes.Reason)]
[RequiresDynamicCode(ReflectedShapes.Reason)]
internal sealed class SchemaWriter(ProtobufEncodingOptions options)
{
    private readonly RecordReflection _records = new(options.Lock);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> _imports = new(StringComparer.Ordinal);
    private readonly List<string> _messages = [];

    /// <summary>Adds a type that is a body.</summary>
    public void Body(Type type)
    {
        bool isMessage = Nullable.GetUnderlyingType(type) is null && CollectionReflection.Items(type) is null && SchemaTypes.Scalar(type) is null && !type.IsEnum;
        if (isMessage) Field(type);
        else Wrapper(type);
    }

    /// <summary>The whole text.</summary>
    /// <param name="space">The namespace that the package is named for.</param>
    public string Finish(string? space)
    {
        var text = new StringBuilder("syntax = \"proto3\";\n");
        if (!string.IsNullOrEmpty(space)) text.Append(CultureInfo.InvariantCulture, $"\npackage {SchemaNames.Package(space)};\n");
        if (_imports.Count > 0) text.Append('\n');
        foreach (string import in _imports) text.Append(CultureInfo.InvariantCulture, $"import \"{import}\";\n");
        foreach (string message in _messages) text.Append('\n').Append(message);
        return text.ToString();
    }

    /// <summary>A type where a field has it.</summary>
    private SchemaType Field(Type type)
    {
        if (options.Shapes.FirstOrDefault(s => s.Type == type) is { } given) throw new EncodingException($"{given.GetType().Name} was written by hand; nothing says what the .proto of {type.Name} is.");
        if (Nullable.GetUnderlyingType(type) is { } inner) return Field(inner);
        if (CollectionReflection.Items(type) is { } items) return items.Length == 2 ? Map(items[0], items[1]) : Repeated(items[0]);
        if (SchemaTypes.Scalar(type) is { } scalar) return scalar;
        if (type.IsEnum) return SchemaTypes.IsEnum(type) ? new SchemaType(Enumeration(type)) : new SchemaType(SchemaTypes.NumberOf(type), $"{type.Name}, as a number");
        if (SchemaTypes.Imported(type) is { } imported)
        {
            _imports.Add(imported.File);
            return new SchemaType(imported.Name, IsMessage: true);
        }

        if (GoogleReflection.Is(type))
        {
            MessageDescriptor descriptor = GoogleReflection.Descriptor(type);
            _imports.Add(descriptor.File.Name);
            return new SchemaType($".{descriptor.FullName}", IsMessage: true);
        }

        return new SchemaType(type == typeof(DateTimeOffset) ? Moment() : UnionReflection.IsUnion(type) ? Union(type) : Record(type, SchemaNames.Of(type)), IsMessage: true);
    }

    private SchemaType Repeated(Type item)
    {
        SchemaType of = Item(item);
        return new SchemaType($"repeated {of.Text}", of.Comment, IsRepeated: true);
    }

    /// <summary>A type where a list or a map has it: lists within it, and values that may be null, are in messages of their own.</summary>
    private SchemaType Item(Type type)
    {
        bool isWrapped = Nullable.GetUnderlyingType(type) is not null || CollectionReflection.Items(type) is not null;
        return isWrapped ? new SchemaType(Wrapper(type), IsMessage: true) : Field(type);
    }

    private SchemaType Map(Type key, Type value)
    {
        SchemaType of = Item(value);
        if (SchemaTypes.Key(key) is { } legal) return new SchemaType($"map<{legal}, {of.Text}>", key.IsEnum ? $"keys are {key.Name}" : "", IsRepeated: true);
        string pair = Message($"pair {key} {value}", $"PairOf{SchemaNames.Of(key)}And{SchemaNames.Of(value)}", () => [Line("", Field(key), "key", 1), Line("", of, "value", 2)]);
        return new SchemaType($"repeated {pair}", "a map; of a key that comes twice the last value counts", IsRepeated: true);
    }

    private string Wrapper(Type type)
    {
        string name = SchemaNames.Of(type);
        if (Nullable.GetUnderlyingType(type) is null && CollectionReflection.Items(type) is null) name = $"Optional{name}";
        return Message($"wrapper {type}", name, () =>
        {
            SchemaType field = Field(type);
            return [Line(field is { IsMessage: false, IsRepeated: false } ? "optional " : "", field, field.IsRepeated ? "items" : "value", WrappedShape<int>.Number)];
        });
    }

    private string Moment() => Message("moment", "DateTimeOffset", static () =>
    [
        "  // A google.protobuf.Timestamp with one more field: readers of timestamps take it for one.",
        "  int64 seconds = 1;", "  int32 nanos = 2;", "  sint32 offset_minutes = 3;",
    ]);

    private string Record(Type type, string name) => Message($"record {type}", name, () =>
    {
        MemberPlan[] plans = _records.Plan(type, out _);
        HashSet<string> names = new(StringComparer.Ordinal);
        List<string> lines = [.. plans.Select(plan =>
        {
            SchemaType field = Field(plan.Property.PropertyType);
            return Line(plan.IsOptional && field is { IsMessage: false, IsRepeated: false } ? "optional " : "", field, Unique(names, SchemaNames.Snake(plan.Property.Name)), plan.Number);
        })];
        if (_records.Lock?.ReservedBy(CSharpNames.Of(type)) is { Count: > 0 } reserved) lines.Insert(0, $"  reserved {string.Join(", ", reserved)};");
        return lines;
    });

    private string Union(Type type) => Message($"union {type}", SchemaNames.Of(type), () =>
    {
        HashSet<string> names = new(StringComparer.Ordinal) { "kind" };
        Type[] cases = UnionReflection.Cases(type);
        IEnumerable<string> lines = cases.Select((of, i) =>
        {
            string message = UnionReflection.IsUnion(of) ? Record(of, $"{SchemaNames.Of(of)}Record") : Field(of).Text;
            return $"    {message} {Unique(names, SchemaNames.Snake(of.Name))} = {i + 1};";
        });
        return ["  oneof kind {", .. lines, "  }"];
    });

    private string Enumeration(Type type)
    {
        return Declare($"enum {type}", SchemaNames.Of(type), "enum", name =>
        {
            string prefix = SchemaNames.Snake(name).ToUpperInvariant();
            HashSet<string> names = new(StringComparer.Ordinal);
            List<(string Name, long Value)> values = [.. type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(f => (Unique(names, $"{prefix}_{SchemaNames.Snake(f.Name).ToUpperInvariant()}"), Convert.ToInt64(f.GetRawConstantValue(), CultureInfo.InvariantCulture)))];
            // The first value of an enum is 0, whether C# has a name for it or not.
            if (!values.Exists(static v => v.Value == 0)) values.Add((Unique(names, $"{prefix}_UNSPECIFIED"), 0));
            bool hasAlias = values.DistinctBy(static v => v.Value).Count() < values.Count;
            return [.. hasAlias ? ["  option allow_alias = true;"] : (string[])[], .. values.OrderBy(static v => v.Value != 0).Select(static v => $"  {v.Name} = {v.Value};")];
        });
    }

    private string Message(string key, string name, Func<IReadOnlyList<string>> lines) => Declare(key, name, "message", _ => lines());

    /// <summary>Declares a type once; its place is taken before its lines are known, because it may hold itself.</summary>
    private string Declare(string key, string wanted, string keyword, Func<string, IReadOnlyList<string>> lines)
    {
        if (_names.TryGetValue(key, out string? known)) return known;
        string name = _names[key] = Unique(_taken, char.ToUpperInvariant(wanted[0]) + wanted[1..]);
        int at = _messages.Count;
        _messages.Add("");
        _messages[at] = $"{keyword} {name} {{\n{string.Concat(lines(name).Select(static l => $"{l}\n"))}}}\n";
        return name;
    }

    private static string Line(string label, SchemaType type, string name, int number) =>
        $"  {label}{type.Text} {name} = {number};{(type.Comment.Length > 0 ? $" // {type.Comment}" : "")}";

    private static string Unique(HashSet<string> taken, string wanted)
    {
        string name = wanted;
        for (int i = 2; !taken.Add(name); i++) name = $"{wanted}{i}";
        return name;
    }
}
