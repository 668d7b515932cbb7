using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Smpi;

/// <summary>Finds the shapes of types by reflection, once for each type.</summary>
[RequiresUnreferencedCode(Reason)]
[RequiresDynamicCode(Reason)]
internal sealed class ReflectedShapes
{
    public const string Reason = "Records are found by reflection. Give shapes instead for trimming and NativeAOT.";

    private readonly Lock _gate = new();

    // Not complete yet, so that nobody outside the lock gets one: a record may contain itself.
    private readonly Dictionary<Type, MessagePackShape> _unfinished = [];
    private readonly Dictionary<Type, MessagePackShape> _plain = [];
    private int _nesting;

    public MessagePackShape Find(Type type, ShapeTable table)
    {
        lock (_gate)
        {
            if (table.Known(type) is { } known) return known;
            if (_unfinished.TryGetValue(type, out MessagePackShape? started)) return started;
            _nesting++;
            bool isDone = false;
            try
            {
                MessagePackShape shape = Make(type, table);
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
                        foreach ((Type of, MessagePackShape shape) in _unfinished) table.Add(of, shape);
                    }

                    _unfinished.Clear();
                    _plain.Clear();
                }
            }
        }
    }

    /// <summary>The record of a type, whatever cases it lists.</summary>
    /// <param name="type">The type.</param>
    /// <param name="table">Where members find their shapes.</param>
    public MessagePackShape Plain(Type type, ShapeTable table)
    {
        if (_plain.TryGetValue(type, out MessagePackShape? shape)) return shape;
        shape = Create(typeof(RecordShape<>), [type]);
        _plain.Add(type, shape);
        RecordReflection.Complete(type, shape, table.Get);
        return shape;
    }

    public static MessagePackShape Create(Type definition, Type[] arguments, params object?[] parameters)
    {
        Type closed = definition.MakeGenericType(arguments);
        return (MessagePackShape)Activator.CreateInstance(closed, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions, null, parameters, null)!;
    }

    private MessagePackShape Make(Type type, ShapeTable table)
    {
        if (type.IsEnum) return Create(typeof(EnumShape<>), [type]);
        if (Nullable.GetUnderlyingType(type) is { } inner) return Create(typeof(NullableShape<>), [inner], table.Get(inner));
        if (CollectionReflection.Find(type, table.Get) is { } collection) return collection;
        if (UnionReflection.IsUnion(type))
        {
            (MessagePackShape union, Action complete) = UnionReflection.Begin(type, of => Plain(of, table));
            _unfinished[type] = union;
            complete();
            return union;
        }

        RecordReflection.Refuse(type);
        if (_plain.TryGetValue(type, out MessagePackShape? record)) return record;
        record = Create(typeof(RecordShape<>), [type]);
        _plain[type] = record;
        _unfinished[type] = record;
        RecordReflection.Complete(type, record, table.Get);
        return record;
    }
}
