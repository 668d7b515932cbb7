namespace Smpi;

/// <summary>A message whose shape is looked up at its first use: it may be registered later, or contain itself.</summary>
internal sealed class DeferredShape<T> : ProtobufShape<T>
{
    private ProtobufShape<T>? _shape;

    private ProtobufShape<T> Shape => _shape ??= ProtobufShapes.Registered<T>()
        ?? throw new EncodingException($"Protobuf knows no {typeof(T).Name}: register a ProtobufShape<{typeof(T).Name}> with ProtobufShapes.Register.");

    public override string? MemberOf(int number) => Shape.MemberOf(number);

    public override void Write(ref ProtobufWriter writer, T value) => Shape.Write(ref writer, value);

    public override T Read(ref ProtobufReader reader) => Shape.Read(ref reader);
}
