namespace Smpi;

/// <summary>A member of a record: read and written without boxing.</summary>
internal sealed class RecordMember<T, TMember> : RecordMember<T>
{
    private readonly MemberPlan _plan;
    private readonly ProtobufShape<TMember> _shape;
    private readonly bool _hasFallback;
    private readonly TMember _fallback;
    private readonly Getter? _ofStruct;
    private readonly Func<T, TMember>? _ofClass;

    public RecordMember(MemberPlan plan, ProtobufShape<TMember> shape, bool hasFallback, object? fallback)
        : base(plan)
    {
        (_plan, _shape, _hasFallback) = (plan, shape, hasFallback);
        _fallback = fallback is null ? default! : (TMember)fallback;
        if (typeof(T).IsValueType) _ofStruct = plan.Property.GetMethod!.CreateDelegate<Getter>();
        else _ofClass = plan.Property.GetMethod!.CreateDelegate<Func<T, TMember>>();
    }

    private delegate TMember Getter(ref T record);

    public override void Write(ref ProtobufWriter writer, ref T record)
    {
        TMember value = Get(ref record);
        if (_plan.IsOptional) _shape.WriteField(ref writer, Number, value);
        else _shape.WriteImplicit(ref writer, Number, value);
    }

    // What a getter throws says where it was.
    private TMember Get(ref T record)
    {
        try
        {
            return _ofClass is not null ? _ofClass(record) : _ofStruct!(ref record);
        }
        catch (Exception error)
        {
            ProtobufFailure.At(error, Number);
            throw;
        }
    }

    public override void CheckUnset(ref T record)
    {
        if (_plan is { IsNullable: false, Position: < 0 } && Nulls.Is(Get(ref record))) throw ProtobufShapes.Absent(Name);
    }

    public override MemberCell NewCell() => new MemberCell<TMember>(_shape, _plan, _hasFallback, _fallback);
}
