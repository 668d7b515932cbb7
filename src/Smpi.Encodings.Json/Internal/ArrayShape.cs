namespace Smpi;

/// <summary>An array.</summary>
internal sealed class ArrayShape<T>(JsonShape<T> item) : CollectionShape<T[], T>(item)
{
    protected override T[] Made(List<T> items) => [.. items];
}
