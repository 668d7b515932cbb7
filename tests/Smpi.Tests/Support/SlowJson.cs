using System.Buffers;

namespace Smpi.Tests;

/// <summary>Reads large bodies only when it is allowed to.</summary>
internal sealed class SlowJson : IEncoding, IDisposable
{
    private readonly TestJson _json = new();
    private readonly ManualResetEventSlim _open = new();
    private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a large body is being read.</summary>
    public Task Reading => _reading.Task;

    public string Name => _json.Name;

    public string ContentType => _json.ContentType;

    public void Open() => _open.Set();

    public void Dispose() => _open.Set();

    public ICodec<T> For<T>() => new Codec<T>(this, _json.For<T>());

    public ICodec For(Type type) => _json.For(type);

    private sealed class Codec<T>(SlowJson owner, ICodec<T> codec) : ICodec<T>
    {
        public void Write(IBufferWriter<byte> output, T value) => codec.Write(output, value);

        public T Read(in ReadOnlySequence<byte> body)
        {
            if (body.Length <= 100_000) return codec.Read(in body);
            owner._reading.TrySetResult();
            owner._open.Wait();
            return codec.Read(in body);
        }
    }
}

/// <summary>Puts a slow encoding in the place of the plain one.</summary>
internal static class SlowJsonExtensions
{
    public static SmpiBuilder UseSlow(this SmpiBuilder builder, SlowJson json)
    {
        builder.Settings<ChannelParts>().Encodings[0] = json;
        return builder;
    }
}
