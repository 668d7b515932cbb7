namespace Smpi;

/// <summary>Holds the value of a member while its record is read, without boxing it.</summary>
/// <param name="shape">How the member is read.</param>
/// <param name="plan">The member.</param>
/// <param name="hasFallback">Whether a member that does not arrive has the fallback.</param>
/// <param name="fallback">The C# default.</param>
internal sealed class MemberCell<T>(ProtobufShape<T> shape, MemberPlan plan, bool hasFallback, T fallback) : MemberCell
{
    private readonly bool _keepsInitializer = plan is { IsNullable: false, Position: < 0 } && shape is not IRepeatedShape;
    private ProtobufField<T> _field;

    public T Value { get; private set; } = default!;

    public override object? Boxed => Value;

    public override void Read(ref ProtobufReader reader) => shape.ReadField(ref reader, ref _field);

    public override void Finish(ref ProtobufReader reader)
    {
        IsSet = _field.HasValue || !_keepsInitializer;
        if (_field.HasValue) Value = shape.Finish(ref _field);
        else if (plan.IsRequired && shape is not IRepeatedShape) throw ProtobufShapes.Missing(plan.Property.Name);
        else if (hasFallback && shape is not IRepeatedShape) Value = fallback;
        else if (!plan.IsNullable)
        {
            // An empty collection that no byte stands for.
            if (shape is IRepeatedShape) reader.Count();
            Value = shape.Finish(ref _field);
            if (plan.Position >= 0 && Nulls.Is(Value)) throw ProtobufShapes.Absent(plan.Property.Name);
        }
    }

    public override void Clear()
    {
        _field = default;
        Value = default!;
    }
}
