namespace Smpi;

/// <summary>A record that can be a case of a union.</summary>
internal interface ITaggedShape
{
    /// <summary>Writes the record as a map that begins with its discriminator.</summary>
    /// <param name="writer">Where to append.</param>
    /// <param name="record">The record.</param>
    /// <param name="tag">The encoded pair of the discriminator.</param>
    void WriteTagged(ref MessagePackWriter writer, object record, byte[] tag);
}
