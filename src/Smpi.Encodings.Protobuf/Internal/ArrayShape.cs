namespace Smpi;

/// <summary>Arrays.</summary>
internal sealed class ArrayShape<T>(ProtobufShape<T> item) : CollectionShape<T[], T>(item)
{
    protected override T[] Finish(List<T>? items) => items?.ToArray() ?? [];
}
