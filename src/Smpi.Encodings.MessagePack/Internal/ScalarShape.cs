namespace Smpi;

internal delegate void ScalarWriter<T>(ref MessagePackWriter writer, T value);

internal delegate T ScalarReader<T>(ref MessagePackReader reader);

/// <summary>A type whose values are one value of MessagePack.</summary>
internal sealed class ScalarShape<T>(ScalarWriter<T> write, ScalarReader<T> read) : MessagePackShape<T>
{
    public override void Write(ref MessagePackWriter writer, T value) => write(ref writer, value);

    public override T Read(ref MessagePackReader reader) => read(ref reader);
}
