namespace Smpi;

/// <summary>Where a connection over bytes receives, for readers that keep the octets of large bodies instead of copying them.</summary>
public interface IReceiveBuffer
{
    /// <summary>Holds the array that the octets of the current read lie in. The connection leaves alone what was received into it.</summary>
    SharedArray Keep();
}
