namespace Smpi;

/// <summary>One type of a union; made by <see cref="ProtobufShapes.Case{T, TCase}"/>.</summary>
/// <typeparam name="T">The union's base type.</typeparam>
public abstract class ProtobufCase<T>
    where T : class
{
    private protected ProtobufCase(int number) => Number = number;

    /// <summary>The field's number.</summary>
    public int Number { get; }

    internal abstract string Name { get; }

    internal abstract bool TryWrite(ref ProtobufWriter writer, T value);

    internal abstract T Read(ref ProtobufReader reader, ref MessageParts parts);
}
