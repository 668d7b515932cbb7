using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Smpi;

/// <summary>Finds the shapes of types by reflection, once for each type.</summary>
[RequiresUnreferencedCode(Reason)]
[RequiresDynamicCode(Reason)]
internal sealed class ReflectedShapes(string? locked)
{
    public const string Reason = "Records are found by reflection. Have shapes generated, or give them, for trimming and NativeAOT.";

    private readonly RecordReflection _records = new(locked);
    private readonly Lock _gate = new();

    // Not complete yet, so that nobody outside the lock gets one: a record may contain itself.
    private readonly Dictionary<Type, ProtobufShape> _unfinished = [];
    private readonly Dictionary<Type, ProtobufShape> _plain = [];
    private int _nesting;

    public ProtobufShape Find(Type type, ShapeTable table)
    {
        lock (_gate)
        {
            if (table.Known(type) is { } known) return known;
            if (_unfinished.TryGetValue(type, out ProtobufShape? started)) return started;
            _nesting++;
            bool isDone = false;
            try
            {
                ProtobufShape shape = Make(type, table);
                _unfinished[type] = shape;
                isDone = true;
                return shape;
            }
            finally
            {
                if (--_nesting == 0)
                {
                    if (isDone)
                    {
                        foreach ((Type of, ProtobufShape shape) in _unfinished) table.Add(of, shape);
                    }

                    _unfinished.Clear();
                    _plain.Clear();
                }
            }
        }
    }

    public static ProtobufShape Create(Type definition, Type[] arguments, params object?[] parameters) =>
        (ProtobufShape)Make(definition, arguments, parameters);

    public static object Make(Type definition, Type[] arguments, params object?[] parameters) => Activator.CreateInstance(
        definition.MakeGenericType(arguments), BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions, null, parameters, null)!;

    /// <summary>The record of a type, whatever cases it lists.</summary>
    private ProtobufShape Plain(Type type, ShapeTable table)
    {
        if (_plain.TryGetValue(type, out ProtobufShape? shape)) return shape;
        shape = Create(typeof(RecordShape<>), [type]);
        _plain.Add(type, shape);
        _records.Complete(type, shape, table.Get);
        return shape;
    }

    private ProtobufShape Make(Type type, ShapeTable table)
    {
        if (type.IsEnum) return Create(typeof(ScalarShape<,>), [type, typeof(EnumScalar<>).MakeGenericType(type)]);
        if (Nullable.GetUnderlyingType(type) is { } inner) return Create(typeof(NullableShape<>), [inner], table.Get(inner));
        if (GoogleReflection.Is(type)) return GoogleReflection.Find(type);
        if (CollectionReflection.Find(type, table.Get) is { } collection) return collection;
        if (UnionReflection.IsUnion(type))
        {
            ProtobufShape union = Create(typeof(UnionShape<>), [type]);
            _unfinished[type] = union;
            UnionReflection.Complete(type, union, of => UnionReflection.IsUnion(of) ? Plain(of, table) : table.Get(of));
            return union;
        }

        RecordReflection.Refuse(type);
        ProtobufShape record = Create(typeof(RecordShape<>), [type]);
        _unfinished[type] = record;
        _records.Complete(type, record, table.Get);
        return record;
    }
}
