using System.Reflection;

namespace Smpi;

/// <summary>A member of a record: read and written without boxing where the getter is concerned.</summary>
internal sealed class RecordMember<T, TMember> : RecordMember<T>
{
    private readonly MessagePackShape<TMember> _shape;
    private readonly Getter? _ofStruct;
    private readonly Func<T, TMember>? _ofClass;

    public RecordMember(string name, int slot, MemberNeed need, MethodInfo getter, MessagePackShape<TMember> shape)
        : base(name, slot, need)
    {
        _shape = shape;
        if (typeof(T).IsValueType) _ofStruct = getter.CreateDelegate<Getter>();
        else _ofClass = getter.CreateDelegate<Func<T, TMember>>();
    }

    private delegate TMember Getter(ref T record);

    public override void Write(ref MessagePackWriter writer, ref T record) =>
        _shape.Write(ref writer, _ofClass is not null ? _ofClass(record) : _ofStruct!(ref record));

    protected override bool IsNull(ref T record) => (_ofClass is not null ? _ofClass(record) : _ofStruct!(ref record)) is null;

    public override object? Read(ref MessagePackReader reader) => _shape.Read(ref reader);
}
