namespace Smpi;

/// <summary>The body of an event of one type. The value is boxed only for a connection that passes references.</summary>
internal sealed class EncodedBody<T>(Pool<EncodedBody<T>> pool) : EncodedBody
{
    private T? _value;
    private object? _boxed;

    public override object? Value => _boxed ??= _value;

    /// <summary>Encodes a value; the caller holds the body once.</summary>
    public static EncodedBody<T> Of(Pool<EncodedBody<T>> pool, ICodec<T> codec, T value)
    {
        EncodedBody<T> body = pool.Rent() ?? new EncodedBody<T>(pool);
        body.Begin();
        body._value = value;
        try
        {
            codec.Write(body, value);
        }
        catch
        {
            body.Release();
            throw;
        }

        return body;
    }

    protected override void Forget()
    {
        _value = default;
        _boxed = null;
        pool.Return(this);
    }
}
